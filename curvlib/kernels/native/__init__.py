"""The native kernel: vector code generated from a program by llvmlite, without a C compiler.

One file a stage:

    separate.py     Program → Program: sums of products of functions of one variable (forms.py),
                    split exponentials, logistic functions without them (logistic.py)
    safety.py       on which grids such a program may be run; bounds.py: how large its angles get
    schedule.py     its steps in the order of time
    costs.py        which program is less work, who divides, and how deep a program is
    stages.py       where a loop is cut in two
    writer.py       writes instructions of LLVM's language on vectors, each distinct one once
    mathematics.py  exp, log, sin, … in those instructions; reciprocal.py 1/x
    subroutines.py  what is a function of its own in there
    vectors.py      each elementary operation in those instructions
    ir.py           Program → text of a module with three functions, two for the axes and one for
                    rows of the plane; outputs.py is its end: |∇f|, tr H and S, as written
    engine.py       text → machine code; cached, bounded, thread-safe
    kernel.py       the Kernel: arrays in, arrays out
    single.py       one operation on an array, for tests of accuracy

llvmlite is an optional dependency and imported by engine.py only, when a formula is first compiled.
"""
