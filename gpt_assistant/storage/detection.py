"""Which encoding an old text file has, when it is neither UTF-8 nor marked.

charset-normalizer tells scripts apart well (Cyrillic, Greek, Japanese…) but on a page of Latin script
it took French for Baltic and Turkish for Central European. Code pages of Latin script differ in a few
letters, so those are decided here by the alphabet of one language that explains the most of them.
"""

from __future__ import annotations

_SAMPLE = 32_768  # bytes of lines beyond ASCII that are looked at: the detector takes 0.1 s on these
_OTHER_SCRIPTS = [
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp932", "euc_jp", "cp949", "gb18030", "big5",
]  # fmt: skip
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "mac_roman"]
_ALPHABETS = {
    "cp1252": ("àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áâãàçéêíóôõú", "àèéìòù", "åäöæøé", "áðéíóúýþæö"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıöşüİâî",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    "iso8859_2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž"),
    "mac_roman": ("àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü"),
}
_PUNCTUATION = frozenset("“”‘’„‚–—…«»‹›•°€£§©®™¿¡\u00a0")


def detect(data: bytes) -> list[str]:
    """Return encodings to try on `data`, the likeliest first; the last one decodes anything."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 60 ms that most starts can do without

    sample = _telling_lines(data)
    found = [match.encoding for match in from_bytes(sample, cp_isolation=_OTHER_SCRIPTS + _LATIN)]
    if found and found[0] not in _LATIN and _latin_fit(sample, "cp1252") < 0.99:
        return [*found, "cp1252", "latin-1"]
    return [*sorted(_LATIN, key=lambda name: -_latin_fit(sample, name)), *found, "latin-1"]


def _telling_lines(data: bytes) -> bytes:
    """Return the first lines that are not plain ASCII, up to the sample's size."""
    sample = bytearray()
    for line in data[:4_000_000].splitlines(keepends=True):
        if not line.isascii():
            sample += line[:_SAMPLE]
        if len(sample) >= _SAMPLE:
            break
    return bytes(sample)


def _latin_fit(sample: bytes, encoding: str) -> float:
    """Return the share, in 0…1, of the letters beyond ASCII that one language of `encoding` explains."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    special = [c for c in text.lower() if c > "\x7f"]
    known = max(
        sum(1 for c in special if c in alphabet or c in _PUNCTUATION) for alphabet in _ALPHABETS[encoding]
    )
    return known / len(special) if special else 1.0
