/*
 * Workers are forked once and fed one index at a time over a socket; an answer is a header
 * and what the file has to say. A worker that dies is named, replaced, and the rest goes on.
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

#define IDLE SIZE_MAX

struct answer {
	int64_t code;
	uint64_t length;
};

struct worker {
	pid_t process; /* 0: none */
	int socket;
	size_t index; /* the file it has; IDLE: none */
};

struct slot {
	bool done;
	int code, signal;
	GString *said;
};

struct pool {
	const struct batch *batch;
	struct worker *workers;
	struct slot *slots;
	size_t next, printed, done;
};

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
		g_string_truncate(say, 0);
		int code = batch->run(batch->context, (size_t)index, say);
		struct answer answer = {code, say->len};
		if (!send_all(socket, &answer, sizeof answer) ||
			!send_all(socket, say->str, say->len))
			break;
	}
	g_string_free(say, TRUE);
}

static bool worker_start(struct pool *pool, struct worker *worker)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return false;
	pid_t process = fork();
	if (process == 0) {
		for (unsigned i = 0; i < pool->batch->workers; i++)
			if (pool->workers[i].process)
				close(pool->workers[i].socket);
		close(pair[0]);
		serve(pool->batch, pair[1]);
		_exit(0);
	}
	close(pair[1]);
	if (process < 0) {
		close(pair[0]);
		return false;
	}
	*worker = (struct worker){process, pair[0], IDLE};
	return true;
}

/* How the worker ended: its signal, 0 for none. */
static int worker_end(struct worker *worker)
{
	int status = 0;
	close(worker->socket);
	while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
		continue;
	worker->process = 0;
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void report_in_order(struct pool *pool)
{
	const struct batch *batch = pool->batch;
	while (pool->printed < batch->count && pool->slots[pool->printed].done) {
		struct slot *slot = &pool->slots[pool->printed];
		struct outcome outcome = {.code = slot->code, .signal = slot->signal, .said = ""};
		if (slot->said) {
			outcome.said = slot->said->str;
			outcome.length = slot->said->len;
		}
		batch->finished(batch->context, pool->printed, &outcome);
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

/* A worker that exits without an answer counts as aborted: nobody asked it to. */
static void bury(struct pool *pool, struct worker *worker)
{
	size_t index = worker->index;
	int signal = worker_end(worker);
	if (index != IDLE)
		finish(pool, index, (struct slot){.signal = signal ? signal : SIGABRT});
	if (pool->next < pool->batch->count)
		worker_start(pool, worker);
}

static bool feed(struct pool *pool, struct worker *worker)
{
	uint64_t index = pool->next;
	worker->index = pool->next++;
	return send_all(worker->socket, &index, sizeof index);
}

static void feed_idle(struct pool *pool)
{
	for (unsigned i = 0; i < pool->batch->workers; i++) {
		struct worker *worker = &pool->workers[i];
		while (worker->process && worker->index == IDLE &&
			pool->next < pool->batch->count && !feed(pool, worker))
			bury(pool, worker);
	}
}

static void collect(struct pool *pool, struct worker *worker)
{
	struct answer answer;
	if (!receive_all(worker->socket, &answer, sizeof answer)) {
		bury(pool, worker);
		return;
	}
	GString *said = g_string_new(NULL);
	g_string_set_size(said, (gsize)answer.length);
	if (!receive_all(worker->socket, said->str, said->len)) {
		g_string_free(said, TRUE);
		bury(pool, worker);
		return;
	}
	size_t index = worker->index;
	worker->index = IDLE;
	finish(pool, index, (struct slot){.code = (int)answer.code, .said = said});
}

/* false when no worker is left to wait for. */
static bool wait_for_answers(struct pool *pool)
{
	unsigned workers = pool->batch->workers, busy = 0;
	struct pollfd *polled = g_new0(struct pollfd, workers);
	for (unsigned i = 0; i < workers; i++) {
		bool waits = pool->workers[i].process && pool->workers[i].index != IDLE;
		polled[i] = (struct pollfd){waits ? pool->workers[i].socket : -1, POLLIN, 0};
		busy += waits;
	}
	if (busy > 0 && poll(polled, workers, -1) > 0)
		for (unsigned i = 0; i < workers; i++)
			if (polled[i].revents)
				collect(pool, &pool->workers[i]);
	g_free(polled);
	return busy > 0;
}

static bool run_here(const struct batch *batch)
{
	GString *say = g_string_new(NULL);
	for (size_t i = 0; i < batch->count; i++) {
		g_string_truncate(say, 0);
		int code = batch->run(batch->context, i, say);
		struct outcome outcome = {code, 0, say->str, say->len};
		batch->finished(batch->context, i, &outcome);
		if (batch->progress)
			batch->progress(batch->context, i + 1);
	}
	g_string_free(say, TRUE);
	return true;
}

bool batch_run(const struct batch *batch)
{
	if (batch->workers == 0)
		return run_here(batch);
	struct pool pool = {.batch = batch};
	unsigned started = 0;
	pool.workers = g_new0(struct worker, batch->workers);
	pool.slots = g_new0(struct slot, batch->count);
	for (unsigned i = 0; i < batch->workers; i++)
		started += worker_start(&pool, &pool.workers[i]);
	int failure = errno;
	while (started > 0 && pool.done < batch->count) {
		feed_idle(&pool);
		if (!wait_for_answers(&pool))
			break;
	}
	for (unsigned i = 0; i < batch->workers; i++)
		if (pool.workers[i].process)
			worker_end(&pool.workers[i]);
	bool complete = pool.done == batch->count;
	g_free(pool.slots);
	g_free(pool.workers);
	errno = failure;
	return complete;
}
