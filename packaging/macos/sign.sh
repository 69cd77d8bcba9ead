#!/bin/sh
# Signs, packs and notarises dist/GPT Assistant.app. Not run here; see README.md beside it.
#   CODESIGN_IDENTITY="Developer ID Application: …" NOTARY_PROFILE=… sh packaging/macos/sign.sh 0.1.0
set -eu
cd "$(dirname "$0")/../.."
version=$1
app="dist/GPT Assistant.app"
image="dist/gpt-assistant-$version.dmg"
: "${CODESIGN_IDENTITY:?the name of a certificate in the keychain}"

# From the inside out: a signature covers what lies below it.
find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$CODESIGN_IDENTITY"
codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
    --sign "$CODESIGN_IDENTITY" "$app/Contents/MacOS/gpt-assistant"
codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
    --sign "$CODESIGN_IDENTITY" "$app"
codesign --verify --deep --strict "$app"

hdiutil create -volname "GPT Assistant" -srcfolder "$app" -format UDZO -ov "$image"
codesign --timestamp --sign "$CODESIGN_IDENTITY" "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then # from: xcrun notarytool store-credentials
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
