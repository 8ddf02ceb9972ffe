"""What Python says of distributions: one JSON request a line on standard input, one JSON answer a line.

Requests: {"kind": "wheel", "path"}: members by zipfile, METADATA by packaging, files by a real
`pip install --target`; {"kind": "sdist", "path"}; {"kind": "metadata", "text" | "hex"};
{"kind": "tags", "interpreter", "version", "abis", "compatible", "platform"}; {"kind": "wheel-filename", "input"};
{"kind": "license", "input"}.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from unittest import mock

from packaging import _manylinux, _musllinux
from packaging.errors import ExceptionGroup
from packaging.licenses import canonicalize_license_expression
from packaging.metadata import InvalidMetadata, Metadata, parse_email
from packaging.tags import (
    android_platforms,
    compatible_tags,
    cpython_tags,
    generic_tags,
    ios_platforms,
    mac_platforms,
)
from packaging.utils import InvalidWheelFilename, parse_wheel_filename


def metadata(data):
    raw, unparsed = parse_email(data)
    try:
        Metadata.from_email(data)
        errors = []
    except ExceptionGroup as group:
        errors = sorted(
            error.field if isinstance(error, InvalidMetadata) else str(error)
            for error in group.exceptions
        )
    unparsed = {
        key: [value.decode("latin1") if isinstance(value, bytes) else value for value in values]
        for key, values in unparsed.items()
    }
    return {"raw": raw, "unparsed": unparsed, "errors": errors}


def tree(directory):
    files = {}
    for path in sorted(pathlib.Path(directory).rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            name = path.relative_to(directory).as_posix()
            files[name] = [len(data), hashlib.sha256(data).hexdigest()]
    return files


def install(path):
    interpreter, abi, platform = (part.split(".")[0] for part in pathlib.Path(path).stem.split("-")[-3:])
    args = ["--ignore-requires-python"]
    if platform != "any" or interpreter.startswith("cp"):
        digits = "".join(c for c in interpreter if c.isdigit())
        if len(digits) > 1:
            args += ["--python-version", f"{digits[0]}.{digits[1:]}"]
        args += ["--only-binary", ":all:", "--platform", platform, "--abi", abi, "--implementation", interpreter[:2]]
    with tempfile.TemporaryDirectory() as directory:
        command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-compile", "--no-index"]
        command += ["--disable-pip-version-check", *args, "--target", directory, path]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return {"error": done.stderr}
        return {"files": tree(directory)}


def wheel(path):
    with zipfile.ZipFile(path) as archive:
        entries = {info.filename: [info.file_size, info.CRC] for info in archive.infolist()}
        info = next(name for name in entries if name.count("/") == 1 and name.endswith(".dist-info/METADATA"))
        data = archive.read(info)
        record = archive.read(info[: -len("METADATA")] + "RECORD")
    return {
        "entries": entries,
        "member": info,
        "metadata_sha256": hashlib.sha256(data).hexdigest(),
        "record_sha256": hashlib.sha256(record).hexdigest(),
        "metadata": metadata(data),
        "install": install(path),
    }


def sdist(path):
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            read = archive.read
            return pick(names, read)
    with tarfile.open(path, "r:gz") as archive:
        return pick(archive.getnames(), lambda name: archive.extractfile(name).read())


def pick(names, read):
    found = {}
    for file in ("PKG-INFO", "pyproject.toml"):
        at_root = [name for name in names if name.count("/") == 1 and name.endswith("/" + file)]
        found[file] = hashlib.sha256(read(at_root[0])).hexdigest() if at_root else None
    return found


def platforms(platform):
    """The platform tags of a machine that is not this one: what packaging asks of it is answered for it."""
    kind, arch, version = platform["kind"], platform["arch"], tuple(platform.get("version", ()))
    if kind == "macos":
        return list(mac_platforms(version, arch))
    if kind == "ios":
        return list(ios_platforms(version, arch))
    if kind == "android":
        return list(android_platforms(version[0], arch))
    if kind == "windows":
        return [arch]
    archs = {"armv8l": ["armv8l", "armv7l"]}.get(arch, [arch])
    native = [f"linux_{each}" for each in archs]
    if kind == "manylinux":
        with mock.patch.object(_manylinux, "_have_compatible_abi", lambda *_: True), mock.patch.object(
            _manylinux, "_get_glibc_version", lambda: version
        ):
            return [*_manylinux.platform_tags(archs), *native]
    with mock.patch.object(_musllinux, "_get_musl_version", lambda _: _musllinux._MuslVersion(*version)):
        return [*_musllinux.platform_tags(archs), *native]


def tags(request):
    version = request["version"]
    own_platforms = platforms(request["platform"])
    # No platform at all is taken for "those of this machine".
    if not own_platforms:
        own_platforms = ["none_at_all"]
    if request["interpreter"].startswith("cp"):
        own = cpython_tags(version, request["abis"], own_platforms)
    else:
        own = generic_tags(request["interpreter"], request["abis"], own_platforms)
    rest = compatible_tags(version, request["compatible"], own_platforms)
    return [str(tag) for tag in [*own, *rest] if tag.platform != "none_at_all"]


def wheel_filename(text):
    try:
        name, version, build, parsed = parse_wheel_filename(text)
    except InvalidWheelFilename:
        return None
    return [name, str(version), list(build), sorted(map(str, parsed))]


def license_expression(text):
    try:
        return canonicalize_license_expression(text)
    except ValueError:
        return None


def answer(request):
    kind = request["kind"]
    if kind == "wheel":
        return wheel(request["path"])
    if kind == "sdist":
        return sdist(request["path"])
    if kind == "metadata":
        return metadata(bytes.fromhex(request["hex"]) if "hex" in request else request["text"])
    if kind == "tags":
        return tags(request)
    if kind == "wheel-filename":
        return wheel_filename(request["input"])
    if kind == "license":
        return license_expression(request["input"])
    raise ValueError(kind)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
