"""What a file that is no GGUF file probably is, so that the message can say what to do about it."""

LOOK_FOR_GGUF = "Look for a GGUF copy of the model"
OTHER_MODELS = (
    (b"PK\x03\x04", "it is a ZIP or PyTorch archive"),
    (b"lmgg", "it is a GGML file of 2023, the format before GGUF"),
    (b"fmgg", "it is a GGML file of 2023, the format before GGUF"),
    (b"tjgg", "it is a GGML file of 2023, the format before GGUF"),
    (b"\x1f\x8b", "it is compressed with gzip"),
    (b"FUGG", "it is big-endian"),
)


def why_not_gguf(start: bytes) -> tuple[str, str]:
    """The reason and a hint, from the file's first bytes (at least one; 1024 are enough)."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<script")):
        return "it is a web page", "The download link led to a page; use the link of the file itself"
    if text.startswith(b"version https://git-lfs"):
        return "it is a Git LFS pointer, the model itself was not fetched", "Run git lfs pull, or download it"
    if start[8:9] == b"{" and start[5:8] == b"\0\0\0":
        return "it is a safetensors file", LOOK_FOR_GGUF
    for magic, reason in OTHER_MODELS:
        if start.startswith(magic):
            return reason, LOOK_FOR_GGUF
    if text.startswith((b"{", b"[")):
        return "it is JSON, perhaps a server's error message", "Download it again"
    return f"it begins with {start[:4]!r} instead of b'GGUF'", "Choose a .gguf file"
