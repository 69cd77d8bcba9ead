/* Threads that share a piece of work; included by kernel.c alone.

   Whoever is awake takes the next piece, the caller too. So nothing waits for a thread that the system has
   put aside before it took one, as it does where every thread has its share (torch's pool of two on two
   busy cores: ten times slower than one). */

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#define MOST_THREADS 64
#define PIECES_A_THREAD 4
#define SPINS 4000 /* about 50 µs: longer than between two products, shorter than between two passes */

/* A ticket: the number of the round, and in 8, 12 and 12 bits its threads, pieces and the next of these. */
#define ROUND(ticket) ((uint32_t)((ticket) >> 32))
#define THREADS(ticket) ((int)((ticket) >> 24 & 0xff))
#define PIECES(ticket) ((int)((ticket) >> 12 & 0xfff))
#define NEXT(ticket) ((int)((ticket) & 0xfff))

static struct {
    pthread_mutex_t turn; /* of the caller that has the threads */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_int asleep, done;
    _Atomic uint64_t ticket;
    Task task;
    void *context;
    int started;
} pool = {
    .turn = PTHREAD_MUTEX_INITIALIZER,
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .wake = PTHREAD_COND_INITIALIZER,
};

static inline void breathe(void) {
#if X86
    _mm_pause();
#endif
}

static void take_pieces(uint32_t round, int thread) {
    for (;;) {
        uint64_t ticket = atomic_load(&pool.ticket);
        if (ROUND(ticket) != round || thread >= THREADS(ticket) || NEXT(ticket) >= PIECES(ticket))
            return;
        if (atomic_compare_exchange_weak(&pool.ticket, &ticket, ticket + 1)) {
            pool.task(pool.context, NEXT(ticket), PIECES(ticket), thread);
            atomic_fetch_add(&pool.done, 1);
        }
    }
}

static void *work(void *number) {
    uint32_t seen = 0;
    for (;;) {
        for (int spin = 0; spin < SPINS && ROUND(atomic_load(&pool.ticket)) == seen; spin++)
            breathe();
        if (ROUND(atomic_load(&pool.ticket)) == seen) {
            pthread_mutex_lock(&pool.lock);
            atomic_fetch_add(&pool.asleep, 1);
            while (ROUND(atomic_load(&pool.ticket)) == seen)
                pthread_cond_wait(&pool.wake, &pool.lock);
            atomic_fetch_sub(&pool.asleep, 1);
            pthread_mutex_unlock(&pool.lock);
        }
        seen = ROUND(atomic_load(&pool.ticket));
        take_pieces(seen, (int)(intptr_t)number);
    }
    return NULL;
}

/* Have `threads` threads, the caller one of them, if the system gives them. They handle no signals. */
static void start_threads(int threads) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; pool.started < threads - 1; pool.started++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, (void *)(intptr_t)(pool.started + 1)))
            break;
        pthread_detach(thread);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void run_pieces(int threads, int most, Task task, void *context) {
    threads = threads < MOST_THREADS ? threads : MOST_THREADS;
    int pieces = threads * PIECES_A_THREAD < most ? threads * PIECES_A_THREAD : most;
    if (threads < 2 || pieces < 2 || pthread_mutex_trylock(&pool.turn)) {
        task(context, 0, 1, 0);
        return;
    }
    start_threads(threads);
    pool.task = task;
    pool.context = context;
    atomic_store(&pool.done, 0);
    uint32_t round = ROUND(atomic_load(&pool.ticket)) + 1;
    atomic_store(&pool.ticket, (uint64_t)round << 32 | (uint64_t)threads << 24 | (uint64_t)pieces << 12);
    if (atomic_load(&pool.asleep)) {
        pthread_mutex_lock(&pool.lock);
        pthread_cond_broadcast(&pool.wake);
        pthread_mutex_unlock(&pool.lock);
    }
    take_pieces(round, 0);
    for (int spin = 0; atomic_load(&pool.done) < pieces; spin++)
        if (spin < SPINS)
            breathe();
        else
            sched_yield();
    pthread_mutex_unlock(&pool.turn);
}
