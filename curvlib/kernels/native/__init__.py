"""The native kernel: vector code generated from a program by llvmlite, without a C compiler.

One file a stage:

    separate.py     Program → Program: sums of products of functions of one variable, split exponentials, shared divisions
    writer.py       writes instructions of LLVM's language on vectors, each distinct one once
    mathematics.py  exp, log, sin, … in those instructions
    vectors.py      each elementary operation in those instructions
    ir.py           Program → text of a module with two functions, `axis` and `rows`
    engine.py       text → machine code; cached, bounded, thread-safe
    kernel.py       the Kernel: arrays in, arrays out

llvmlite is an optional dependency and imported by engine.py only, when a formula is first compiled.
"""
