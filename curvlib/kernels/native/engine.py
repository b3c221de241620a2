"""Machine code from the text of a module, by llvmlite.

Compiled modules are kept by their text and the least recently used are dropped; code that somebody
still holds stays loaded.
"""

import ctypes
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

MAX_MODULES = 64
"""The most compiled modules that are kept for their next use; each takes 10 to 200 KiB."""


@dataclass(frozen=True, slots=True)
class Host:
    """The abilities of the processor.

    Attributes:
        width: doubles in a vector: 8 with AVX-512, 4 with AVX2, else 2.
        has_scale: whether it multiplies by powers of two in one instruction.
        cpu, features: its name and abilities, as LLVM writes them.
    """

    width: int
    has_scale: bool
    cpu: str
    features: str


@cache
def host() -> Host | None:
    """This processor; None without llvmlite, or without fused multiply-add, on which the accuracy
    of the mathematics rests.
    """
    try:
        import llvmlite.binding as llvm

        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        features = llvm.get_host_cpu_features()
        cpu = llvm.get_host_cpu_name()
    except (ImportError, OSError, RuntimeError):
        return None
    if llvm.get_process_triple().startswith("x86_64"):
        if not (features.get("avx2") and features.get("fma")):
            return None
        wide = all(features.get(name) for name in ("avx512f", "avx512dq", "avx512vl"))
        return Host(8 if wide else 4, wide, cpu, _without_half_width(features))
    return (
        Host(2, False, cpu, features.flatten()) if llvm.get_process_triple().startswith(("aarch64", "arm64")) else None
    )


def narrowed(machine: Host, width: int) -> Host:
    """The same processor with shorter vectors, for tests."""
    lacking = ",".join(f"-{name}" for name in ("avx512f", "avx512dq", "avx512vl", "avx512bw", "avx512cd") if width < 8)
    return Host(
        width,
        machine.has_scale and width == 8,
        machine.cpu,
        f"{machine.features},{lacking}" if lacking else machine.features,
    )


def _without_half_width(features: Any) -> str:
    return features.flatten() + ",-prefer-256-bit"


_lock = threading.Lock()
_modules: OrderedDict[tuple[str, Host], Mapping[str, int]] = OrderedDict()


class Code(Mapping[str, int]):
    """Addresses of a module's functions by name; the code stays loaded as long as this lives."""

    def __init__(self, addresses: dict[str, int], owner: Any) -> None:
        self._addresses, self._owner = addresses, owner

    def __getitem__(self, name: str) -> int:
        return self._addresses[name]

    def __iter__(self) -> Any:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


def compiled(text: str, names: tuple[str, ...], machine: Host) -> Mapping[str, int]:
    """The addresses of the module's functions, compiled at most once at a time and kept.

    Raises:
        RuntimeError: LLVM does not accept the text.
    """
    with _lock:
        key = (text, machine)
        if key not in _modules:
            _modules[key] = _compile(text, names, machine)
            while len(_modules) > MAX_MODULES:
                _modules.popitem(last=False)
        _modules.move_to_end(key)
        return _modules[key]


def _compile(text: str, names: tuple[str, ...], machine: Host) -> Code:
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    target = llvm.Target.from_triple(llvm.get_process_triple())
    engine = llvm.create_mcjit_compiler(
        module, target.create_target_machine(cpu=machine.cpu, features=machine.features, opt=2, jit=True)
    )
    engine.finalize_object()
    return Code({name: engine.get_function_address(name) for name in names}, engine)


def assembly(text: str, machine: Host) -> str:
    """The processor's instructions for a module, for reading."""
    import llvmlite.binding as llvm

    target = llvm.Target.from_triple(llvm.get_process_triple())
    machine_ = target.create_target_machine(cpu=machine.cpu, features=machine.features, opt=2)
    return machine_.emit_assembly(llvm.parse_assembly(text))


def has_function(name: str) -> bool:
    """True if the C library of this process has a function of that name;
    from here on compiled code finds it.
    """
    import llvmlite.binding as llvm

    function = getattr(_c_library(), name, None)
    if function is not None:
        llvm.add_symbol(name, ctypes.cast(function, ctypes.c_void_p).value)
    return function is not None


@cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
