/**
 * What an interpreter runs to report itself: Python of the standard library alone, for `python -I -S -`, so that no
 * code of an installed package and no start-up file of the environment runs. It prints one JSON object.
 *
 * The markers are as `packaging.markers.default_environment` has them; of the tags it tells what they are made of
 * (`packaging.tags`): the implementation, its ABI, the platform and the level of its C library or system.
 */
export const reportProgram: string = String.raw`
import json, os, platform, struct, subprocess, sys, sysconfig

def markers():
    def full(info):
        text = "{0.major}.{0.minor}.{0.micro}".format(info)
        level = info.releaselevel
        return text if level == "final" else text + level[0] + str(info.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": full(sys.implementation.version),
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }

def numbers(text):
    found = []
    for part in str(text).split(".")[:2]:
        digits = "".join(c for c in part if c.isdigit())
        if not digits:
            return None
        found.append(int(digits))
    return found if len(found) == 2 else None

def glibc():
    try:
        name, version = os.confstr("CS_GNU_LIBC_VERSION").rsplit()
        return numbers(version) if name == "glibc" else None
    except (AssertionError, AttributeError, OSError, TypeError, ValueError):
        return None

def elf():
    """Class, machine and flags of the interpreter's own file, and the loader it names."""
    try:
        with open(sys.executable, "rb") as file:
            head = file.read(64)
            if head[:4] != b"\x7fELF":
                return None
            wide, order = head[4] == 2, "<" if head[5] == 1 else ">"
            layout = order + ("HHIQQQIHHH" if wide else "HHIIIIIHHH")
            fields = struct.unpack_from(layout, head, 16)
            machine, offset, flags, size, count = fields[1], fields[4], fields[6], fields[8], fields[9]
            loader = None
            for index in range(count):
                file.seek(offset + index * size)
                entry = file.read(size)
                if struct.unpack_from(order + "I", entry)[0] != 3:
                    continue
                at = struct.unpack_from(order + ("Q" if wide else "I"), entry, 8 if wide else 4)[0]
                length = struct.unpack_from(order + ("Q" if wide else "I"), entry, 32 if wide else 16)[0]
                file.seek(at)
                loader = os.fsdecode(file.read(length)).strip("\0")
            return {"bits": 64 if wide else 32, "machine": machine, "flags": flags, "loader": loader}
    except (OSError, struct.error):
        return None

def musl(binary):
    loader = (binary or {}).get("loader")
    if not loader or "musl" not in loader:
        return None
    told = subprocess.run([loader], stderr=subprocess.PIPE, universal_newlines=True).stderr
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if len(lines) < 2 or lines[0][:4] != "musl" or not lines[1].startswith("Version "):
        return None
    return numbers(lines[1][8:])

def macos():
    version, _, cpu = platform.mac_ver()
    if sys.platform != "darwin" or not version:
        return None
    if numbers(version) == [10, 16]:
        # Built for a system before 11, it is told the wrong version unless it asks for the right one.
        told = subprocess.run(
            [sys.executable, "-I", "-S", "-c", "import platform; print(platform.mac_ver()[0])"],
            env={"SYSTEM_VERSION_COMPAT": "0"}, stdout=subprocess.PIPE, universal_newlines=True)
        version = told.stdout.strip()
    return {"version": numbers(version), "cpu": cpu}

def interpreter():
    debug = sysconfig.get_config_var("Py_DEBUG")
    if debug is None:
        debug = hasattr(sys, "gettotalrefcount")
    binary = elf() if sys.platform.startswith("linux") else None
    facts = {
        "executable": sys.executable,
        "platform": sysconfig.get_platform(),
        "bits": struct.calcsize("P") * 8,
        "ext_suffix": sysconfig.get_config_var("EXT_SUFFIX"),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "debug": bool(debug),
        "glibc": None, "musl": None, "elf": binary, "macos": macos(), "ios": None, "android": None,
    }
    if sys.platform.startswith("linux"):
        facts["glibc"] = glibc()
        facts["musl"] = musl(binary)
    if sys.platform == "ios":
        facts["ios"] = {"version": numbers(platform.ios_ver().release), "multiarch": sys.implementation._multiarch}
    if sys.platform == "android":
        facts["android"] = platform.android_ver().api_level
    pyodide = sysconfig.get_config_var("PYODIDE_ABI_VERSION")
    if pyodide:
        facts["pyodide"] = str(pyodide)
    return facts

def prefix():
    """Of a virtual environment its own: without site the interpreter believes to be where it was made from."""
    here = os.path.dirname(os.path.abspath(sys.executable or ""))
    for place in (here, os.path.dirname(here)):
        if os.path.isfile(os.path.join(place, "pyvenv.cfg")):
            return place, os.path.join(place, "pyvenv.cfg")
    return sys.prefix, None

def site_directories():
    import site
    place, config = prefix()
    prefixes = [place]
    if config is not None:
        with open(config) as file:
            pairs = [line.partition("=") for line in file]
        if any(k.strip() == "include-system-site-packages" and v.strip().lower() == "true" for k, _, v in pairs):
            prefixes.append(sys.base_prefix)
    return [path for path in site.getsitepackages(prefixes) if os.path.isdir(path)]

def installed():
    from importlib import metadata
    found = {}
    for distribution in metadata.distributions(path=site_directories()):
        try:
            name, version = distribution.metadata["Name"], distribution.version
        except Exception:
            continue
        if name and version:
            found.setdefault(name, version)
    return [{"name": name, "version": found[name]} for name in sorted(found)]

json.dump({
    "report": "pyplan env 1",
    "interpreter": interpreter(),
    "environment": markers(),
    "installed": installed(),
}, sys.stdout, indent=1)
sys.stdout.write("\n")
`.trimStart();
