#!/usr/bin/env bash
# Renders the SVGs to what the installers want. Debian: librsvg2-bin optipng icoutils icnsutils.
set -euo pipefail
cd "$(dirname "$0")"
for size in 16 32 48 64 128 256 512; do
  rsvg-convert -w $size skiplab.svg -o skiplab-$size.png
done
rsvg-convert -w 256 skiplab-document.svg -o skiplab-document.png
optipng -quiet -o5 ./*.png
icotool -c -o skiplab.ico skiplab-{16,32,48}.png -r skiplab-256.png
png2icns skiplab.icns skiplab-{16,32,48,128,256,512}.png
