#!/bin/bash
# Tries the page of all results in headless Chromium, at the widths of a phone (dark) and of a desk (light): no error in the console; search,
# filters, order, links and explorer work; what a screen reader needs is there (check-report.js).
# Ends with 0 if all holds, 1 with the findings, 69 where there is no browser.
#   scripts/check-report.sh [PAGE]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
page=${1:-results/report.html}

if [ ! -r "$page" ]; then
  printf 'error: %s\n  where: %s\n  why:   %s\n  fix:   %s\n' "no page to check" "$page" "it does not exist or may not be read" "run make report" >&2
  exit 66
fi
for browser in chromium chromium-browser google-chrome ''; do
  [ -n "$browser" ] || { echo "check-report: skipped, there is no Chromium (Debian package chromium)" >&2; exit 69; }
  ! command -v "$browser" >/dev/null || break
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
# try WIDTH HEIGHT SCHEME NAME: 0 is dark, 1 light
try() {
  local errors
  {
    sed "0,/<head>/s||<head><script>const checkedWidth = $1, pageErrors = []; addEventListener('error', e => pageErrors.push(e.message)); addEventListener('unhandledrejection', e => pageErrors.push(String(e.reason))); console.error = console.warn = (...words) => pageErrors.push(words.join(' '));</script>|" "$page"
    echo '<script id="check">'
    cat "$here/check-report.js"
    echo '</script>'
  } > "$folder/page.html"
  # A frame has the width that it is given; a window of the browser's own has a least one.
  cat > "$folder/frame.html" <<FRAME
<!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin:0">
<iframe src="page.html" title="page" style="border:0;width:$1px;height:$2px"></iframe>
<pre></pre><script>addEventListener("message", event => { document.querySelector("pre").textContent = event.data; });</script>
FRAME
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$folder/profile" \
    --hide-scrollbars --blink-settings="preferredColorScheme=$3" --window-size=1400,1000 --virtual-time-budget=60000 --dump-dom \
    "file://$folder/frame.html" > "$folder/dom" 2> "$folder/log" || true
  errors=$(grep -o 'CHECK FOUND .*' "$folder/dom" | sed 's/^CHECK FOUND //; s|</pre>.*||' || true)
  if [ -n "$errors" ]; then
    sed "s/^/check-report, $4: /" <<<"$errors" | head -n 30 >&2
    status=1
  elif ! grep -q 'CHECK DONE' "$folder/dom"; then
    echo "check-report, $4: the browser did not come to the end" >&2
    tail -n 5 "$folder/log" >&2
    status=1
  else
    echo "check-report, $4: $(sed -n 's/.*CHECK DONE \([0-9]*\).*/\1/p' "$folder/dom") checks hold"
  fi
}
try 390 844 0 "390 pixels, dark"
try 1280 900 1 "1280 pixels, light"
exit $status
