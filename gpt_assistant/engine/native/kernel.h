/* What kernel.c and Python (engine/native.py, which has the same structures) share.

   A matrix of n rows and k columns lies in blocks of LANES rows by GROUP columns, one row of blocks after
   the other. Where n or k is no multiple of these, the missing weights are zeros.

   A weight of a Block4 is scale·q + offset, q in 0…15 (ggml's Q4_0 and Q4_1); byte 32·v + 4·r + j has in its
   lower half column 4·v + j of row r, in its upper half column 16 + 4·v + j. One of a Block8 is scale·q,
   q in −127…127 (Q8_0); byte 32·v + 4·r + j is column 4·v + j of row r. So 32 bytes are four columns of all
   rows, and a sum for eight rows needs no adding up across a register. Scales are IEEE half floats. */

#ifndef KERNEL_H
#define KERNEL_H

#include <stddef.h>
#include <stdint.h>

#define GROUP 32
#define LANES 8
#define LEAF 4 /* rows of activations that are multiplied at once */

typedef struct {
    uint16_t scale[LANES], offset[LANES];
    uint8_t weights[LANES * GROUP / 2];
} Block4;

typedef struct {
    uint16_t scale[LANES];
    int8_t weights[LANES * GROUP];
} Block8;

typedef struct {
    int32_t bits, rows, columns; /* 4 or 8 */
    float factor;                /* of all scales and offsets */
    const void *blocks;
} Matrix;

typedef struct {
    const float *attention_norm, *feed_norm; /* (width) */
    const float *qkv_bias, *output_bias;     /* or null */
    const float *query_norm, *key_norm;      /* (head width), or null */
    Matrix qkv, output, gate_up, down;
} Layer;

typedef struct {
    int32_t layers, width, heads, kv_heads, head_width, feed, vocabulary, threads;
    float epsilon;
    const Layer *layer;
    const float *norm;      /* (width) */
    const float *turns;     /* (positions, head width / 2, 2): cosine and sine */
    const Matrix *embedding;
    const Matrix *head;     /* often the same */
} Network;

typedef struct {
    int32_t rows, start;       /* new tokens; those in the cache */
    int32_t keep;              /* after how many of the last ones logits are wanted */
    const int32_t *ids;        /* (rows) */
    const int32_t *positions;  /* (rows) */
    const uint8_t *visible;    /* (rows, start + rows), or null: everything before, and itself */
    float *cache;              /* (layers, 2, kv heads, capacity, head width) */
    int64_t capacity;
    float *logits;             /* (keep, vocabulary) */
    int32_t depth;             /* how many layers to go through; without logits it may be fewer than all */
    float *states;             /* (depth, rows, width): what each of them leaves, or null */
} Pass;

#endif
