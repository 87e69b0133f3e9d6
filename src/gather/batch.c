/*
 * Workers are forked once and fed indices over a socket, a few ahead, so that none waits for
 * its next file; an answer is its length and what the file has to say. Of the files that a
 * worker has when it dies, the first without an answer was in work and is named; the others
 * weren't begun, and go to whoever is next.
 */
#include "gather/batch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define AHEAD_MAX 4

struct worker {
	pid_t process; /* 0: none */
	int socket;
	size_t given[AHEAD_MAX]; /* without an answer yet, in order: the first is in work */
	size_t count; /* of them */
};

struct slot {
	bool done;
	enum loss loss;
	int number;
	GString *said;
};

struct pool {
	const struct batch *batch;
	struct worker *workers;
	struct pollfd *polled; /* room for one a worker */
	struct slot *slots;
	size_t next, printed, done;
	size_t *returned; /* by workers that died before they began them; the last goes first */
	size_t returned_count;
	int failure; /* errno value of the last worker that couldn't be started */
	bool stopped; /* nobody listens any more */
	pid_t owner; /* the parent */
};

/* The one that runs, for batch_abandon. */
static struct pool *volatile running;

void batch_abandon(void)
{
	struct pool *pool = running;
	if (!pool || pool->owner != getpid())
		return;
	for (unsigned i = 0; i < pool->batch->workers; i++)
		if (pool->workers[i].process)
			kill(pool->workers[i].process, SIGTERM);
	for (unsigned i = 0; i < pool->batch->workers; i++)
		if (pool->workers[i].process)
			waitpid(pool->workers[i].process, NULL, 0);
}

static bool send_all(int socket, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t put = send(socket, at, length, MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		length -= (size_t)put;
	}
	return true;
}

static bool receive_all(int socket, void *bytes, size_t length)
{
	char *at = bytes;
	while (length > 0) {
		ssize_t got = recv(socket, at, length, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

/* The life of a worker: until the parent closes the socket. */
static void serve(const struct batch *batch, int socket)
{
	GString *say = g_string_new(NULL);
	uint64_t index;
	while (receive_all(socket, &index, sizeof index)) {
		uint64_t length;
		g_string_set_size(say, sizeof length);
		batch->run(batch->context, (size_t)index, say);
		length = say->len - sizeof length;
		memcpy(say->str, &length, sizeof length);
		if (!send_all(socket, say->str, say->len))
			break;
	}
	g_string_free(say, TRUE);
}

static void work(const struct pool *pool, const int pair[2])
{
	for (unsigned i = 0; i < pool->batch->workers; i++)
		if (pool->workers[i].process)
			close(pool->workers[i].socket);
	close(pair[0]);
	if (pool->batch->begun)
		pool->batch->begun(pool->batch->context);
	serve(pool->batch, pair[1]);
	_exit(pool->batch->ended ? pool->batch->ended(pool->batch->context) : 0);
}

static bool worker_start(struct pool *pool, struct worker *worker)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
		pool->failure = errno;
		return false;
	}
	pid_t process = fork();
	if (process == 0)
		work(pool, pair);
	if (process < 0)
		pool->failure = errno;
	close(pair[1]);
	if (process < 0) {
		close(pair[0]);
		return false;
	}
	*worker = (struct worker){.process = process, .socket = pair[0]};
	return true;
}

/* Closes its socket, waits, and says how it ended: nobody asked it to at a file. */
static struct slot worker_end(struct worker *worker)
{
	int status = 0;
	shutdown(worker->socket, SHUT_RDWR); /* whoever else may still have it open */
	close(worker->socket);
	while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
		continue;
	worker->process = 0;
	return WIFSIGNALED(status)
		? (struct slot){.loss = LOSS_SIGNAL, .number = WTERMSIG(status)}
		: (struct slot){.loss = LOSS_EXIT, .number = WEXITSTATUS(status)};
}

static void report_in_order(struct pool *pool)
{
	const struct batch *batch = pool->batch;
	while (pool->printed < batch->count && pool->slots[pool->printed].done) {
		struct slot *slot = &pool->slots[pool->printed];
		struct outcome outcome = {slot->loss, slot->number, "", 0};
		if (slot->said) {
			outcome.said = slot->said->str;
			outcome.length = slot->said->len;
		}
		if (!pool->stopped && !batch->finished(batch->context, pool->printed, &outcome))
			pool->stopped = true;
		if (slot->said)
			g_string_free(slot->said, TRUE);
		slot->said = NULL;
		pool->printed++;
	}
}

static void finish(struct pool *pool, size_t index, struct slot slot)
{
	slot.done = true;
	pool->slots[index] = slot;
	pool->done++;
	if (pool->batch->progress)
		pool->batch->progress(pool->batch->context, pool->done);
	report_in_order(pool);
}

static size_t left(const struct pool *pool)
{
	return pool->stopped ? 0 : pool->batch->count - pool->next + pool->returned_count;
}

static size_t take(struct pool *pool)
{
	return pool->returned_count ? pool->returned[--pool->returned_count] : pool->next++;
}

static void bury(struct pool *pool, struct worker *worker)
{
	struct slot slot = worker_end(worker);
	while (worker->count > 1)
		pool->returned[pool->returned_count++] = worker->given[--worker->count];
	if (worker->count)
		finish(pool, worker->given[0], slot);
	if (left(pool))
		worker_start(pool, worker);
}

/* Towards the end one by one, so that no file waits behind another while a worker is idle. */
static size_t ahead(const struct pool *pool)
{
	return CLAMP(left(pool) / pool->batch->workers / 2, 1, AHEAD_MAX);
}

/* One that has died is noticed when its answers end, not here: some of them may be unread. */
static void feed(struct pool *pool, struct worker *worker)
{
	uint64_t indices[AHEAD_MAX];
	size_t count = 0;
	while (left(pool) && worker->count < ahead(pool)) {
		size_t index = take(pool);
		indices[count++] = worker->given[worker->count++] = index;
	}
	if (count && !send_all(worker->socket, indices, count * sizeof *indices))
		shutdown(worker->socket, SHUT_WR);
}

static void feed_all(struct pool *pool)
{
	for (unsigned i = 0; i < pool->batch->workers; i++)
		if (pool->workers[i].process)
			feed(pool, &pool->workers[i]);
}

static void collect(struct pool *pool, struct worker *worker)
{
	uint64_t length;
	if (!receive_all(worker->socket, &length, sizeof length)) {
		bury(pool, worker);
		return;
	}
	GString *said = g_string_new(NULL);
	g_string_set_size(said, (gsize)length);
	if (!receive_all(worker->socket, said->str, said->len)) {
		g_string_free(said, TRUE);
		bury(pool, worker);
		return;
	}
	size_t index = worker->given[0];
	worker->count--;
	memmove(worker->given, worker->given + 1, worker->count * sizeof *worker->given);
	finish(pool, index, (struct slot){.said = said});
}

static bool is_busy(const struct worker *worker)
{
	return worker->process && worker->count;
}

/* false when no worker is left to wait for. Where poll itself fails, the first is waited for. */
static bool wait_for_answers(struct pool *pool)
{
	unsigned workers = pool->batch->workers;
	nfds_t busy = 0;
	for (unsigned i = 0; i < workers; i++)
		if (is_busy(&pool->workers[i]))
			pool->polled[busy++] = (struct pollfd){pool->workers[i].socket, POLLIN, 0};
	if (busy == 0)
		return false;
	if (poll(pool->polled, busy, -1) < 0) {
		if (errno == EINTR)
			return true;
		pool->polled[0].revents = POLLIN;
	}
	nfds_t next = 0;
	for (unsigned i = 0; i < workers && next < busy; i++)
		if (pool->workers[i].process && pool->workers[i].socket == pool->polled[next].fd &&
			pool->polled[next++].revents)
			collect(pool, &pool->workers[i]);
	return true;
}

/* What is left when no worker could be started any more. */
static void give_up(struct pool *pool)
{
	const struct slot slot = {.loss = LOSS_UNSTARTED, .number = pool->failure};
	while (left(pool))
		finish(pool, take(pool), slot);
}

static void run_here(const struct batch *batch)
{
	GString *say = g_string_new(NULL);
	bool wanted = true;
	for (size_t i = 0; i < batch->count && wanted; i++) {
		g_string_truncate(say, 0);
		batch->run(batch->context, i, say);
		struct outcome outcome = {LOSS_NONE, 0, say->str, say->len};
		wanted = batch->finished(batch->context, i, &outcome);
		if (batch->progress)
			batch->progress(batch->context, i + 1);
	}
	g_string_free(say, TRUE);
}

bool batch_run(const struct batch *batch)
{
	if (batch->workers == 0) {
		run_here(batch);
		return true;
	}
	bool well = true;
	struct pool pool = {.batch = batch, .owner = getpid()};
	pool.workers = g_new0(struct worker, batch->workers);
	pool.polled = g_new0(struct pollfd, batch->workers);
	pool.returned = g_new(size_t, (size_t)batch->workers * AHEAD_MAX);
	pool.slots = g_new0(struct slot, batch->count);
	running = &pool;
	for (unsigned i = 0; i < batch->workers; i++)
		worker_start(&pool, &pool.workers[i]);
	do
		feed_all(&pool);
	while (wait_for_answers(&pool));
	give_up(&pool);
	for (unsigned i = 0; i < batch->workers; i++)
		if (pool.workers[i].process)
			well &= worker_end(&pool.workers[i]).number == 0;
	running = NULL;
	g_free(pool.slots);
	g_free(pool.returned);
	g_free(pool.polled);
	g_free(pool.workers);
	return well;
}
