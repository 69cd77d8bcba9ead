/* One pass of a Llama-type model over a few tokens, on the CPU; see engine/native.py. */

#include "kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define X86 1
#else
#define X86 0
#endif

/* Do piece number `piece` of `pieces`, on the thread of that number. */
typedef void (*Task)(void *context, int piece, int pieces, int thread);

#include "threads.h"

/* Rows of activations in 8 bits: each GROUP of a row is scale·q, and total is scale·Σq. */
typedef struct {
    int8_t *q;
    float *scale, *total;
    int groups;
} Rounded;

typedef struct {
    const Matrix *matrix;
    Rounded x;
    int rows;
    const float *bias; /* or null */
    int add;           /* whether to add to what `out` holds */
    float *out;        /* (rows, matrix rows) */
} Product;

typedef struct {
    const Network *net;
    const Pass *pass;
    const float *qkv;           /* (rows, heads + 2·kv heads, head width), turned */
    const float *keys, *values; /* (kv heads, capacity, head width) */
    float *scores;              /* for each thread LEAF rows of all tokens */
    float *out;                 /* (rows, heads, head width) */
} Look;

typedef struct {
    Rounded rounded;
    float *x, *normal, *wide, *found, *scores;
} Scratch;

static int stripes_of(const Matrix *matrix) { return (matrix->rows + LANES - 1) / LANES; }

static int groups_of(const Matrix *matrix) { return (matrix->columns + GROUP - 1) / GROUP; }

/* For each kind of processor: NAME makes a function's name, TARGET its attributes; AVX2 and VNNI say what
   may be used. */
/* Keeps the compiler from putting sums off: it would run out of registers, and read its own notes all day. */
#define IN_REGISTER(sum) __asm__("" : "+x"(sum))

#define AVX2 0
#define VNNI 0
#define TARGET
#define NAME(name) name##_plain
#include "products.h"
#include "attention.h"
#include "pass.h"
#undef AVX2
#undef VNNI
#undef TARGET
#undef NAME

#if X86
#define AVX2 1
#define VNNI 0
#define TARGET __attribute__((target("avx2,fma,f16c")))
#define NAME(name) name##_avx2
#include "products.h"
#include "attention.h"
#include "pass.h"
#undef VNNI
#undef TARGET
#undef NAME

#define VNNI 1
#ifndef DOT /* a test says what it is to try this code on other processors */
#define DOT _mm256_dpbusd_epi32
#define DOT_TARGET "avx2,fma,f16c,avx512f,avx512vl,avx512vnni"
#endif
#define TARGET __attribute__((target(DOT_TARGET)))
#define NAME(name) name##_vnni
#include "products.h"
#include "attention.h"
#include "pass.h"
#endif

/* The kinds of processor that there is code for: 0 any, 1 AVX2, 2 AVX-512 with VNNI. */
int kernel_best(void) {
#if X86
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c"))
        return 0;
    return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni") ? 2 : 1;
#else
    return 0;
#endif
}

/* Run `pass` through `net` with the code for `kind`. Return 0, or -1 if there is no memory. */
int kernel_forward(const Network *net, const Pass *pass, int kind) {
#if X86
    if (kind == 2)
        return forward_vnni(net, pass);
    if (kind == 1)
        return forward_avx2(net, pass);
#endif
    (void)kind;
    return forward_plain(net, pass);
}

/* Write x (rows, columns) times the transpose of `matrix`: (rows, matrix rows). Return as above. */
int kernel_multiply(const Matrix *matrix, const float *x, int rows, float *out, int kind) {
#if X86
    if (kind == 2)
        return multiply_vnni(matrix, x, rows, out);
    if (kind == 1)
        return multiply_avx2(matrix, x, rows, out);
#endif
    (void)kind;
    return multiply_plain(matrix, x, rows, out);
}

/* Write the sizes of the structures, for Python to compare with its own. */
void kernel_sizes(int32_t *sizes) {
    sizes[0] = sizeof(Matrix);
    sizes[1] = sizeof(Layer);
    sizes[2] = sizeof(Network);
    sizes[3] = sizeof(Pass);
}
