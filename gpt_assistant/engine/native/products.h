/* Numbers, normalisations and products; see kernel.c. */

TARGET static inline float NAME(wide)(uint16_t half) {
    /* Half to single, subnormals included: the exponent is moved by a product. */
    union { uint32_t bits; float value; } sign, size, move;
    sign.bits = (uint32_t)(half & 0x8000) << 16;
    size.bits = (uint32_t)(half & 0x7fff) << 13;
    move.bits = (uint32_t)(127 + 112) << 23;
    size.value *= move.value;
    size.bits |= sign.bits;
    return size.value;
}

TARGET static inline float NAME(bfloat)(const uint16_t *at) {
    union { uint32_t bits; float value; } number = {(uint32_t)*at << 16};
    return number.value;
}

TARGET static inline float NAME(exponential)(float x) {
    /* 2^n·e^r with |r| ≤ ln 2 / 2: Taylor to r⁷ leaves 1e-7 of it. Below −87 it is not told from e^−87. */
    union { uint32_t bits; float value; } power;
    x = x > 88.0f ? 88.0f : x;
    x = x < -87.0f ? -87.0f : x;
    float n = rintf(x * 1.44269504f);
    float r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float e = 1 / 5040.0f;
    e = e * r + 1 / 720.0f;
    e = e * r + 1 / 120.0f;
    e = e * r + 1 / 24.0f;
    e = e * r + 1 / 6.0f;
    e = e * r + 0.5f;
    e = e * r + 1.0f;
    e = e * r + 1.0f;
    power.bits = ((uint32_t)(int32_t)n + 127u) << 23;
    return e * power.value;
}

/* Write x (n), scaled to a root mean square of 1 and by `weight`. */
TARGET static void NAME(normalise)(const float *x, const float *weight, float epsilon, int n, float *out) {
    float sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    float scale = 1.0f / sqrtf(sum / n + epsilon);
    for (int i = 0; i < n; i++)
        out[i] = x[i] * scale * weight[i];
}

TARGET static void NAME(round_group)(const float *x, int n, int8_t *q, float *scale, float *total) {
    float padded[GROUP], largest = 0, poison = 0;
    if (n < GROUP) {
        memset(padded, 0, sizeof padded);
        memcpy(padded, x, n * sizeof *x);
        x = padded;
    }
    for (int i = 0; i < GROUP; i++) {
        float size = fabsf(x[i]);
        largest = size > largest ? size : largest;
        poison += x[i] * 0.0f; /* 0, unless something is infinite or no number: then no number */
    }
    float inverse = largest > 0 ? 127.0f / largest : 0.0f;
    int sum = 0;
    for (int i = 0; i < GROUP; i++) {
        int rounded = (int)rintf(x[i] * inverse);
        rounded = rounded > 127 ? 127 : rounded < -127 ? -127 : rounded;
        q[i] = (int8_t)rounded;
        sum += rounded;
    }
    *scale = largest / 127.0f + poison;
    *total = *scale * (float)sum;
}

TARGET static void NAME(round_row)(const float *x, int n, Rounded to, int row) {
    for (int g = 0; g < to.groups; g++) {
        size_t at = (size_t)row * to.groups + g;
        int left = n - g * GROUP;
        NAME(round_group)(x + g * GROUP, left < GROUP ? left : GROUP, to.q + at * GROUP, to.scale + at,
                          to.total + at);
    }
}

#if AVX2
TARGET static inline __m256 NAME(halves)(const uint16_t *at) {
    return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)at));
}

TARGET static inline __m256i NAME(four)(const int8_t *q) {
    int32_t bytes;
    memcpy(&bytes, q, 4);
    return _mm256_set1_epi32(bytes);
}

/* Add what LANES rows of 4-bit weights and `count` rows of activations give to `sums`. */
TARGET static inline __attribute__((always_inline)) void NAME(rows4)(
    const Block4 *block, Rounded x, size_t at, const int count, __m256 *sums) {
    const __m256i low = _mm256_set1_epi8(15);
    for (int g = 0; g < x.groups; g++, block++) {
        __m256i part[LEAF];
        for (int r = 0; r < count; r++)
            part[r] = _mm256_setzero_si256();
        for (int v = 0; v < 4; v++) {
            __m256i both = _mm256_loadu_si256((const __m256i *)block->weights + v);
            __m256i first = _mm256_and_si256(both, low);
            __m256i second = _mm256_and_si256(_mm256_srli_epi16(both, 4), low);
            for (int r = 0; r < count; r++) {
                const int8_t *q = x.q + (at + (size_t)r * x.groups + g) * GROUP + 4 * v;
#if VNNI
                part[r] = DOT(part[r], first, NAME(four)(q));
                part[r] = DOT(part[r], second, NAME(four)(q + 16));
#else
                /* In 16 bits: 8 times 2·15·127 is 30480. */
                part[r] = _mm256_add_epi16(part[r], _mm256_maddubs_epi16(first, NAME(four)(q)));
                part[r] = _mm256_add_epi16(part[r], _mm256_maddubs_epi16(second, NAME(four)(q + 16)));
#endif
                IN_REGISTER(part[r]);
            }
        }
        __m256 scale = NAME(halves)(block->scale), offset = NAME(halves)(block->offset);
        for (int r = 0; r < count; r++) {
            size_t here = at + (size_t)r * x.groups + g;
#if !VNNI
            part[r] = _mm256_madd_epi16(part[r], _mm256_set1_epi16(1));
#endif
            __m256 dot = _mm256_mul_ps(_mm256_cvtepi32_ps(part[r]), _mm256_set1_ps(x.scale[here]));
            sums[r] = _mm256_fmadd_ps(dot, scale, sums[r]);
            sums[r] = _mm256_fmadd_ps(_mm256_set1_ps(x.total[here]), offset, sums[r]);
        }
    }
}

/* The same for 8-bit weights. */
TARGET static inline __attribute__((always_inline)) void NAME(rows8)(
    const Block8 *block, Rounded x, size_t at, const int count, __m256 *sums) {
    for (int g = 0; g < x.groups; g++, block++) {
        __m256i part[LEAF];
        for (int r = 0; r < count; r++)
            part[r] = _mm256_setzero_si256();
        for (int v = 0; v < 8; v++) {
            __m256i weights = _mm256_loadu_si256((const __m256i *)block->weights + v);
            /* One side of these products has no sign: the weights', which the activations take over. */
            __m256i sizes = _mm256_abs_epi8(weights);
            for (int r = 0; r < count; r++) {
                const int8_t *q = x.q + (at + (size_t)r * x.groups + g) * GROUP + 4 * v;
                __m256i signs = _mm256_sign_epi8(NAME(four)(q), weights);
#if VNNI
                part[r] = DOT(part[r], sizes, signs);
#else
                __m256i pairs = _mm256_maddubs_epi16(sizes, signs);
                part[r] = _mm256_add_epi32(part[r], _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
#endif
                IN_REGISTER(part[r]);
            }
        }
        __m256 scale = NAME(halves)(block->scale);
        for (int r = 0; r < count; r++) {
            size_t here = at + (size_t)r * x.groups + g;
            __m256 dot = _mm256_mul_ps(_mm256_cvtepi32_ps(part[r]), _mm256_set1_ps(x.scale[here]));
            sums[r] = _mm256_fmadd_ps(dot, scale, sums[r]);
        }
    }
}

TARGET static inline __attribute__((always_inline)) void NAME(leaf)(
    const Matrix *matrix, int stripe, Rounded x, size_t at, const int count, float (*out)[LANES]) {
    __m256 sums[LEAF];
    for (int r = 0; r < count; r++)
        sums[r] = _mm256_setzero_ps();
    if (matrix->bits == 4)
        NAME(rows4)((const Block4 *)matrix->blocks + (size_t)stripe * x.groups, x, at, count, sums);
    else
        NAME(rows8)((const Block8 *)matrix->blocks + (size_t)stripe * x.groups, x, at, count, sums);
    for (int r = 0; r < count; r++)
        _mm256_storeu_ps(out[r], _mm256_mul_ps(sums[r], _mm256_set1_ps(matrix->factor)));
}
#else
TARGET static inline void NAME(leaf)(const Matrix *matrix, int stripe, Rounded x, size_t at,
                                     const int count, float (*out)[LANES]) {
    const Block4 *narrow = (const Block4 *)matrix->blocks + (size_t)stripe * x.groups;
    const Block8 *broad = (const Block8 *)matrix->blocks + (size_t)stripe * x.groups;
    memset(out, 0, count * sizeof *out);
    for (int g = 0; g < x.groups; g++)
        for (int r = 0; r < count; r++) {
            size_t here = at + (size_t)r * x.groups + g;
            const int8_t *q = x.q + here * GROUP;
            for (int lane = 0; lane < LANES; lane++) {
                int dot = 0;
                if (matrix->bits == 4)
                    for (int v = 0; v < 4; v++)
                        for (int j = 0; j < 4; j++) {
                            int both = narrow[g].weights[32 * v + 4 * lane + j];
                            dot += (both & 15) * q[4 * v + j] + (both >> 4) * q[16 + 4 * v + j];
                        }
                else
                    for (int v = 0; v < 8; v++)
                        for (int j = 0; j < 4; j++)
                            dot += broad[g].weights[32 * v + 4 * lane + j] * q[4 * v + j];
                uint16_t half = matrix->bits == 4 ? narrow[g].scale[lane] : broad[g].scale[lane];
                float sum = (float)dot * x.scale[here] * NAME(wide)(half);
                if (matrix->bits == 4)
                    sum += x.total[here] * NAME(wide)(narrow[g].offset[lane]);
                out[r][lane] += sum * matrix->factor;
            }
        }
}
#endif

TARGET static void NAME(place)(const Product *p, int stripe, int row, int count,
                               float (*sums)[LANES]) {
    int n = p->matrix->rows, first = stripe * LANES;
    int width = n - first < LANES ? n - first : LANES;
    for (int r = 0; r < count; r++) {
        float *to = p->out + (size_t)(row + r) * n + first;
        for (int i = 0; i < width; i++) {
            float value = sums[r][i] + (p->bias ? p->bias[first + i] : 0.0f);
            to[i] = p->add ? to[i] + value : value;
        }
    }
}

TARGET static void NAME(product_piece)(void *context, int piece, int pieces, int thread) {
    const Product *p = context;
    int64_t stripes = stripes_of(p->matrix);
    int end = (int)(stripes * (piece + 1) / pieces);
    (void)thread;
    for (int stripe = (int)(stripes * piece / pieces); stripe < end; stripe++)
        for (int row = 0; row < p->rows; row += LEAF) {
            float sums[LEAF][LANES];
            size_t at = (size_t)row * p->x.groups;
            int count = p->rows - row < LEAF ? p->rows - row : LEAF;
            switch (count) { /* each with its own registers */
            case 1: NAME(leaf)(p->matrix, stripe, p->x, at, 1, sums); break;
            case 2: NAME(leaf)(p->matrix, stripe, p->x, at, 2, sums); break;
            case 3: NAME(leaf)(p->matrix, stripe, p->x, at, 3, sums); break;
            default: NAME(leaf)(p->matrix, stripe, p->x, at, 4, sums); break;
            }
            NAME(place)(p, stripe, row, count, sums);
        }
}

/* Round x (rows, columns), whose place is `rounded`, and write or add its product with `matrix`. */
TARGET static void NAME(product)(int threads, const Matrix *matrix, const float *x, int rows, Rounded rounded,
                                 const float *bias, int add, float *out) {
    rounded.groups = groups_of(matrix);
    for (int row = 0; row < rows; row++)
        NAME(round_row)(x + (size_t)row * matrix->columns, matrix->columns, rounded, row);
    Product p = {matrix, rounded, rows, bias, add, out};
    run_pieces(threads, stripes_of(matrix), NAME(product_piece), &p);
}
