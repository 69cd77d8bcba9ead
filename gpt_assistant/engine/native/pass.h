/* The pass; see kernel.c. */

/* Write what stands for `token`. */
TARGET static void NAME(embed)(const Matrix *matrix, int token, float *out) {
    int groups = groups_of(matrix), lane = token % LANES;
    for (int i = 0; i < matrix->columns; i++) {
        size_t at = (size_t)(token / LANES) * groups + i / GROUP;
        int column = i % GROUP;
        float value;
        if (matrix->bits == 16) {
            value = NAME(bfloat)((const uint16_t *)matrix->blocks + (size_t)token * matrix->columns + i);
        } else if (matrix->bits == 4) {
            const Block4 *block = (const Block4 *)matrix->blocks + at;
            int both = block->weights[32 * (column % 16 / 4) + 4 * lane + column % 4];
            value = (float)(column < 16 ? both & 15 : both >> 4) * NAME(wide)(block->scale[lane]) +
                    NAME(wide)(block->offset[lane]);
        } else {
            const Block8 *block = (const Block8 *)matrix->blocks + at;
            value = (float)block->weights[32 * (column / 4) + 4 * lane + column % 4] *
                    NAME(wide)(block->scale[lane]);
        }
        out[i] = value * matrix->factor;
    }
}

TARGET static void NAME(run_layer)(const Network *net, const Pass *pass, int number, Scratch s) {
    const Layer *layer = net->layer + number;
    int rows = pass->rows, width = net->width, feed = net->feed;
    int wide = (net->heads + 2 * net->kv_heads) * net->head_width;
    size_t half = (size_t)net->kv_heads * pass->capacity * net->head_width;
    const float *keys = pass->cache + 2 * number * half;
    for (int row = 0; row < rows; row++)
        NAME(normalise)(s.x + (size_t)row * width, layer->attention_norm, net->epsilon, width,
                        s.normal + (size_t)row * width);
    NAME(product)(net->threads, &layer->qkv, s.normal, rows, s.rounded, layer->qkv_bias, 0, s.wide);
    for (int row = 0; row < rows; row++)
        NAME(enter)(net, layer, pass, number, row, s.wide + (size_t)row * wide);
    Look look = {net, pass, s.wide, keys, keys + half, s.scores, s.found};
    run_pieces(net->threads, rows * net->heads, NAME(look_piece), &look);
    NAME(product)(net->threads, &layer->output, s.found, rows, s.rounded, layer->output_bias, 1, s.x);

    for (int row = 0; row < rows; row++)
        NAME(normalise)(s.x + (size_t)row * width, layer->feed_norm, net->epsilon, width,
                        s.normal + (size_t)row * width);
    NAME(product)(net->threads, &layer->gate_up, s.normal, rows, s.rounded, NULL, 0, s.wide);
    for (int row = 0; row < rows; row++) {
        const float *gate = s.wide + (size_t)row * 2 * feed, *up = gate + feed;
        float *out = s.found + (size_t)row * feed;
        for (int i = 0; i < feed; i++)
            out[i] = gate[i] / (1.0f + NAME(exponential)(-gate[i])) * up[i];
    }
    NAME(product)(net->threads, &layer->down, s.found, rows, s.rounded, NULL, 1, s.x);
}

TARGET static int NAME(forward)(const Network *net, const Pass *pass) {
    size_t rows = pass->rows, inner = (size_t)net->heads * net->head_width;
    size_t qkv = inner + 2 * (size_t)net->kv_heads * net->head_width, two = 2 * (size_t)net->feed;
    size_t wide = qkv > two ? qkv : two, found = inner > (size_t)net->feed ? inner : (size_t)net->feed;
    size_t broadest = found > (size_t)net->width ? found : (size_t)net->width;
    size_t groups = rows * ((broadest + GROUP - 1) / GROUP);
    size_t scores = (size_t)net->threads * LEAF * (pass->start + rows);
    size_t floats = rows * (2 * (size_t)net->width + wide + found) + 2 * groups + scores;
    float *memory = malloc(floats * sizeof(float) + groups * GROUP);
    if (!memory)
        return -1;
    Scratch s;
    s.x = memory;
    s.normal = s.x + rows * net->width;
    s.wide = s.normal + rows * net->width;
    s.found = s.wide + rows * wide;
    s.scores = s.found + rows * found;
    s.rounded.scale = s.scores + scores;
    s.rounded.total = s.rounded.scale + groups;
    s.rounded.q = (int8_t *)(s.rounded.total + groups);
    s.rounded.groups = 0;

    for (size_t row = 0; row < rows; row++)
        NAME(embed)(net->embedding, pass->ids[row], s.x + row * net->width);
    for (int number = 0; number < pass->depth; number++) {
        NAME(run_layer)(net, pass, number, s);
        if (pass->states)
            memcpy(pass->states + number * rows * net->width, s.x, rows * net->width * sizeof(float));
    }
    for (int row = 0; row < pass->keep; row++)
        NAME(normalise)(s.x + (rows - pass->keep + row) * net->width, net->norm, net->epsilon, net->width,
                        s.normal + (size_t)row * net->width);
    NAME(product)(net->threads, net->head, s.normal, pass->keep, s.rounded, NULL, 0, pass->logits);
    free(memory);
    return 0;
}

TARGET static int NAME(multiply)(const Matrix *matrix, const float *x, int rows, float *out) {
    size_t groups = (size_t)rows * groups_of(matrix);
    float *memory = malloc(groups * (2 * sizeof(float) + GROUP));
    if (!memory)
        return -1;
    Rounded rounded = {(int8_t *)(memory + 2 * groups), memory, memory + groups, 0};
    NAME(product)(1, matrix, x, rows, rounded, NULL, 0, out);
    free(memory);
    return 0;
}
