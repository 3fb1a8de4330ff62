import Foundation
import Testing

@testable import Reporting

@Suite struct InlineSVGTests {
  private func markup(_ content: String) -> String {
    InlineSVG.markup(of: "<?xml version=\"1.0\"?>\n<svg width=\"9\" xmlns=\"a\"><title>Gnuplot</title>\(content)</svg>", prefix: "a1")
  }

  @Test("coordinates become relative tenths that add up to the same places") func paths() {
    #expect(
      markup("<path d='M69.21,240.54 L69.71,240.04 L60.00,241.00  '/>") == "<svg width=\"9\"><path d=\"m69.2,240.5 .5-.5-9.7,1\"/></svg>")
    #expect(markup("<path d='M0,-1.33 L-1.33,0.67 z'/>").contains("d=\"M0,-1.3 L-1.3,.7 z\""), "other paths stay absolute")
    #expect(markup("<path d='M-1,0 h2 M0,-1 v2'/>").contains("d=\"M-1,0 h2 M0,-1 v2\""))
  }

  @Test("empty groups, names of plots, unused marks and scripts go; used marks stay, also those of marks") func leftOut() {
    let marks = "<defs><path id='m1' d='M0,0 h2'/><use xlink:href='#m1' id='m2'/><circle id='m3' r='1'/></defs>"
    let drawn = markup(
      marks + "<g id=\"gnuplot_canvas\"><g>\n</g><title>plot 1</title><use xlink:href='#m2' onclick='x()'/></g><script>a</script>")
    #expect(
      drawn
        == "<svg width=\"9\"><defs><path id=\"a1m1\" d=\"M0,0 h2\"/><use href=\"#a1m1\" id=\"a1m2\"/></defs><g><use href=\"#a1m2\"/></g></svg>"
    )
  }

  @Test("texts stay as they are, without parts that say nothing; colours are short") func texts() {
    #expect(
      markup("<g fill=\"rgb( 54,  94, 139)\"><text><tspan font-family=\"DejaVu Sans\" >α &lt; 1</tspan></text></g>").contains(
        "<g fill=\"#365e8b\"><text>α &lt; 1</text></g>"))
  }

  @Test("a cut file ends nothing") func cut() {
    for end in 0..<40 { _ = InlineSVG.markup(of: String("<svg a='1'><path d='M1,2 L3,4'/></g></svg>".prefix(end)), prefix: "a") }
  }

  @Test("a configuration is indented lines without brackets and quotes") func configuration() {
    #expect(
      ConfigurationLines.text(
        ofJSON: "{\n  \"a\" : {\n    \"b\" : \"c\",\n    \"d\" : [\n      1,\n      2\n    ]\n  },\n  \"e\" : true\n}\n")
        == "a:\n  b: c\n  d:\n    - 1\n    - 2\ne: true")
  }
}
