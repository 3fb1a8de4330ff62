"""Unpacks wheels into one folder, as an installation would lay them out.

    unpack.py FOLDER WHEEL…

Files keep whether they may be run, which Python's own command forgets; every file's checksum is compared.
"""
import pathlib
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
for wheel in sys.argv[2:]:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            path = pathlib.Path(archive.extract(entry, folder))
            if (entry.external_attr >> 16) & 0o111:
                path.chmod(path.stat().st_mode | 0o111)
