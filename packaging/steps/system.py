"""Libraries and compiler that Python packages cannot bring: found by trying them, installed where that is allowed.

Nothing here asks which distribution it is: a library is there when it loads, a compiler when it answers.
With apt-get and the right to use it (root, or sudo without a password) what is missing is installed; else the
person is told what to install. Only what the purpose at hand needs stops the set-up.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from steps.console import SetupError, say, step
from steps.machine import TOOLS, answer

QT, X11, WAYLAND = "Qt", "an X11 window", "a Wayland window"


@dataclass(frozen=True)
class Library:
    soname: str  # what the linker asks for
    package: str  # Debian's and Ubuntu's name
    need: str  # QT | X11 | WAYLAND


LIBRARIES = (
    Library("libglib-2.0.so.0", "libglib2.0-0", QT),
    Library("libEGL.so.1", "libegl1", QT),
    Library("libGL.so.1", "libgl1", QT),
    Library("libX11.so.6", "libx11-6", QT),
    Library("libxkbcommon.so.0", "libxkbcommon0", QT),
    Library("libfontconfig.so.1", "libfontconfig1", QT),
    Library("libfreetype.so.6", "libfreetype6", QT),
    Library("libdbus-1.so.3", "libdbus-1-3", QT),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", QT),
    Library("libbrotlidec.so.1", "libbrotli1", QT),
    Library("libX11-xcb.so.1", "libx11-xcb1", X11),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", X11),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", X11),
    Library("libxcb-image.so.0", "libxcb-image0", X11),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", X11),
    Library("libxcb-randr.so.0", "libxcb-randr0", X11),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", X11),
    Library("libxcb-shape.so.0", "libxcb-shape0", X11),
    Library("libxcb-sync.so.1", "libxcb-sync1", X11),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", X11),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", X11),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", X11),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", WAYLAND),
    Library("libwayland-egl.so.1", "libwayland-egl1", WAYLAND),
)

# Where apt-get is not the tool: one command that covers the whole table.
ELSEWHERE = {
    "dnf": "sudo dnf install glib2 libglvnd-egl libglvnd-glx libX11 libX11-xcb libxkbcommon fontconfig freetype"
    " dbus-libs krb5-libs brotli xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil"
    " libxcb libxkbcommon-x11 libwayland-cursor libwayland-egl",
    "pacman": "sudo pacman -S --needed glib2 libglvnd libx11 libxkbcommon fontconfig freetype2 dbus krb5 brotli"
    " xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil libxcb libxkbcommon-x11"
    " wayland",
    "zypper": "sudo zypper install libglib-2_0-0 Mesa-libEGL1 Mesa-libGL1 libX11-6 libX11-xcb1 libxkbcommon0"
    " fontconfig libfreetype6 libdbus-1-3 krb5 libbrotlidec1 libxcb-cursor0 libxcb-icccm4 libxcb-image0"
    " libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1"
    " libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1",
}

COMPILER_HINTS = {
    "apt-get": "sudo apt-get install g++",
    "dnf": "sudo dnf install gcc-c++",
    "pacman": "sudo pacman -S --needed gcc",
    "zypper": "sudo zypper install gcc-c++",
}


def loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Can a window be opened? Only on Linux may there be no display; a Qt platform that a person named counts."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def window_needs() -> set[str]:
    """What the window needs of LIBRARIES here and now; nothing where it cannot be opened anyway."""
    if not has_display():
        return set()
    if os.environ.get("WAYLAND_DISPLAY"):
        return {QT, WAYLAND}
    return {QT, X11} if os.environ.get("DISPLAY") else {QT}


def missing_libraries(libraries: Iterable[Library] = LIBRARIES) -> list[Library]:
    return [library for library in libraries if not loads(library.soname)]


def ensure_libraries(needs: set[str], first_time: bool) -> None:
    """Have what Qt loads. Raises SetupError where something in `needs` is missing and cannot be installed.

    The first time everything that is missing is installed where that is allowed, later only what is needed.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries()
    needed = [library for library in missing if library.need in needs]
    if (needed or (missing and first_time)) and (command := apt_command()) is not None:
        packages = sorted({library.package for library in missing})
        step("Libraries", f"installing {' '.join(packages)}")
        apt_install(command, packages)
        missing = missing_libraries()
        needed = [library for library in missing if library.need in needs]
    if needed:
        names = ", ".join(library.soname for library in needed)
        raise SetupError(f"System libraries are missing that Qt needs: {names}", library_hint(missing))
    if missing and first_time:
        kinds = " and ".join(sorted({library.need for library in missing}))
        step("Libraries", f"missing for {kinds}: {', '.join(library.soname for library in missing)}")


def library_hint(missing: Iterable[Library]) -> str:
    packages = " ".join(sorted({library.package for library in missing}))
    return install_hint({"apt-get": f"sudo apt-get install {packages}", **ELSEWHERE})


def install_hint(commands: dict[str, str]) -> str:
    """The command of the package manager that is here, else all of them."""
    fitting = [command for manager, command in commands.items() if shutil.which(manager)]
    return "Install them and run the same command again:\n" + "\n".join(fitting or commands.values())


def apt_command() -> list[str] | None:
    """How to call apt-get without asking a person anything; None where that cannot be."""
    if shutil.which("apt-get") is None:
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ["apt-get"]
    if answer(["sudo", "-n", "true"], timeout=5) is not None:
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def apt_install(command: list[str], packages: list[str]) -> bool:
    """Install with apt-get; refresh its lists only when that fails, as they may be empty or old."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    TOOLS.mkdir(exist_ok=True)
    log = TOOLS / "apt.log"

    def apt(*arguments: str) -> bool:
        with log.open("ab") as output:
            return (
                subprocess.run(
                    [*command, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=environment,
                    check=False,
                ).returncode
                == 0
            )

    install = ("install", "--yes", "--no-install-recommends", *packages)
    done = apt(*install) or (apt("update") and apt(*install))
    if not done:
        say(f"  apt-get could not install them; its words are in {log}")
    return done


def cxx_compiler() -> Path | None:
    """A C++ compiler that answers, where CMake would look for one."""
    for name in filter(None, (os.environ.get("CXX"), "c++", "g++", "clang++")):
        found = shutil.which(name)
        if found and answer([found, "--version"]) is not None:
            return Path(found)
    return None


def ensure_compiler() -> None:
    """Have a C and a C++ compiler for llama.cpp. Raises SetupError where there is none and none can be installed."""
    if os.name == "nt" or cxx_compiler() is not None:
        return
    if (command := apt_command()) is not None:
        step("Compiler", "installing g++: llama.cpp is built from source")
        apt_install(command, ["g++"])
        if cxx_compiler() is not None:
            return
    hint = "xcode-select --install" if sys.platform == "darwin" else install_hint(COMPILER_HINTS)
    raise SetupError(
        "No C++ compiler: llama.cpp is built from source, and neither c++, g++ nor clang++ runs", hint
    )
