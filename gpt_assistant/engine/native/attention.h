/* Attention; see kernel.c. */

/* Write q·k·scale for `count` queries and all keys. */
TARGET static inline __attribute__((always_inline)) void NAME(score)(
    const float *const *queries, const float *keys, int width, int tokens, const int count, float scale,
    float *scores) {
    int t = 0;
#if AVX2
    for (; t < tokens && width % 8 == 0; t += 2, keys += 2 * width) {
        int both = t + 1 < tokens; /* if not, the last key is its own neighbour */
        __m256 sums[2][LEAF];
        for (int r = 0; r < LEAF; r++)
            sums[0][r] = sums[1][r] = _mm256_setzero_ps();
        for (int i = 0; i < width; i += 8) {
            __m256 first = _mm256_loadu_ps(keys + i), second = _mm256_loadu_ps(keys + both * width + i);
            for (int r = 0; r < count; r++) {
                __m256 query = _mm256_loadu_ps(queries[r] + i);
                sums[0][r] = _mm256_fmadd_ps(query, first, sums[0][r]);
                sums[1][r] = _mm256_fmadd_ps(query, second, sums[1][r]);
            }
        }
        for (int k = 0; k <= both; k++) {
            float found[LEAF];
            __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(sums[k][0], sums[k][1]),
                                          _mm256_hadd_ps(sums[k][2], sums[k][3]));
            __m128 all = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
            _mm_storeu_ps(found, _mm_mul_ps(all, _mm_set1_ps(scale)));
            for (int r = 0; r < count; r++)
                scores[(size_t)r * tokens + t + k] = found[r];
        }
    }
#endif
    for (; t < tokens; t++, keys += width)
        for (int r = 0; r < count; r++) {
            float sum = 0;
            for (int i = 0; i < width; i++)
                sum += queries[r][i] * keys[i];
            scores[(size_t)r * tokens + t] = sum * scale;
        }
}

/* Turn the scores of tokens that are seen into shares that add up to 1, those of others into 0. */
TARGET static void NAME(softmax)(float *scores, int tokens, int end, const uint8_t *visible) {
    float largest = -INFINITY, sum = 0;
    if (visible)
        for (int t = 0; t < end; t++)
            scores[t] = visible[t] ? scores[t] : -INFINITY;
    for (int t = 0; t < end; t++)
        largest = scores[t] > largest ? scores[t] : largest;
    for (int t = 0; t < end; t++) {
        float share = NAME(exponential)(scores[t] - largest);
        share = scores[t] == -INFINITY ? 0.0f : share;
        scores[t] = share;
        sum += share;
    }
    float scale = 1.0f / sum;
    for (int t = 0; t < end; t++)
        scores[t] *= scale;
    for (int t = end; t < tokens; t++)
        scores[t] = 0;
}

/* Write Σ share·value for `count` queries. */
TARGET static inline __attribute__((always_inline)) void NAME(blend)(
    const float *shares, const float *values, int width, int tokens, const int count, float *const *out) {
    int i = 0;
#if AVX2
    for (; i + 16 <= width; i += 16) {
        __m256 sums[LEAF][2];
        for (int r = 0; r < count; r++)
            sums[r][0] = sums[r][1] = _mm256_setzero_ps();
        for (int t = 0; t < tokens; t++) {
            const float *value = values + (size_t)t * width + i;
            __m256 first = _mm256_loadu_ps(value), second = _mm256_loadu_ps(value + 8);
            for (int r = 0; r < count; r++) {
                __m256 share = _mm256_set1_ps(shares[(size_t)r * tokens + t]);
                sums[r][0] = _mm256_fmadd_ps(share, first, sums[r][0]);
                sums[r][1] = _mm256_fmadd_ps(share, second, sums[r][1]);
            }
        }
        for (int r = 0; r < count; r++) {
            _mm256_storeu_ps(out[r] + i, sums[r][0]);
            _mm256_storeu_ps(out[r] + i + 8, sums[r][1]);
        }
    }
#endif
    for (; i < width; i++)
        for (int r = 0; r < count; r++) {
            float sum = 0;
            for (int t = 0; t < tokens; t++)
                sum += shares[(size_t)r * tokens + t] * values[(size_t)t * width + i];
            out[r][i] = sum;
        }
}

/* Do what is to be done for `count` queries that share keys, which are numbers `first`… of those. */
TARGET static inline __attribute__((always_inline)) void NAME(look_leaf)(
    const Look *look, int kv, int first, const int count, float *scores) {
    const Network *net = look->net;
    const Pass *pass = look->pass;
    int shared = net->heads / net->kv_heads, width = net->head_width;
    int rows_of_heads = net->heads + 2 * net->kv_heads;
    const float *queries[LEAF];
    float *out[LEAF];
    int last = (first + count - 1) / shared;
    int tokens = pass->visible ? pass->start + pass->rows : pass->start + last + 1;
    for (int r = 0; r < count; r++) {
        int row = (first + r) / shared, head = kv * shared + (first + r) % shared;
        queries[r] = look->qkv + ((size_t)row * rows_of_heads + head) * width;
        out[r] = look->out + ((size_t)row * net->heads + head) * width;
    }
    size_t at = (size_t)kv * pass->capacity * width;
    NAME(score)(queries, look->keys + at, width, tokens, count, 1.0f / sqrtf((float)width), scores);
    for (int r = 0; r < count; r++) {
        int row = (first + r) / shared;
        const uint8_t *visible = pass->visible ? pass->visible + (size_t)row * tokens : NULL;
        NAME(softmax)(scores + (size_t)r * tokens, tokens, visible ? tokens : pass->start + row + 1, visible);
    }
    NAME(blend)(scores, look->values + at, width, tokens, count, out);
}

TARGET static void NAME(look_piece)(void *context, int piece, int pieces, int thread) {
    const Look *look = context;
    const Pass *pass = look->pass;
    int each = pass->rows * (look->net->heads / look->net->kv_heads);
    int leaves = (each + LEAF - 1) / LEAF, all = leaves * look->net->kv_heads;
    float *scores = look->scores + (size_t)thread * LEAF * (pass->start + pass->rows);
    int end = (int)((int64_t)all * (piece + 1) / pieces);
    for (int i = (int)((int64_t)all * piece / pieces); i < end; i++) {
        int kv = i / leaves, first = i % leaves * LEAF;
        switch (each - first) {
        case 1: NAME(look_leaf)(look, kv, first, 1, scores); break;
        case 2: NAME(look_leaf)(look, kv, first, 2, scores); break;
        case 3: NAME(look_leaf)(look, kv, first, 3, scores); break;
        default: NAME(look_leaf)(look, kv, first, 4, scores); break;
        }
    }
}

/* Turn the pairs of numbers of a head (Su et al. 2021). */
TARGET static void NAME(turn)(float *x, const float *turns, int width) {
    for (int i = 0; i < width; i += 2) {
        float real = x[i], imaginary = x[i + 1];
        x[i] = real * turns[i] - imaginary * turns[i + 1];
        x[i + 1] = real * turns[i + 1] + imaginary * turns[i];
    }
}

/* Normalise and turn queries and keys of one token where they lie; put keys and values into the cache. */
TARGET static void NAME(enter)(const Network *net, const Layer *layer, const Pass *pass, int number, int row,
                               float *qkv) {
    int width = net->head_width, heads = net->heads, kv_heads = net->kv_heads;
    const float *turns = net->turns + (size_t)pass->positions[row] * width;
    for (int head = 0; head < heads + kv_heads; head++) {
        const float *norm = head < heads ? layer->query_norm : layer->key_norm;
        float *x = qkv + (size_t)head * width;
        if (norm)
            NAME(normalise)(x, norm, net->epsilon, width, x);
        NAME(turn)(x, turns, width);
    }
    for (int both = 0; both < 2; both++)
        for (int kv = 0; kv < kv_heads; kv++) {
            size_t at = ((size_t)(number * 2 + both) * kv_heads + kv) * pass->capacity + pass->start + row;
            memcpy(pass->cache + at * width, qkv + (size_t)(heads + both * kv_heads + kv) * width,
                   width * sizeof(float));
        }
}
