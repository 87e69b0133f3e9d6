/* Workers that die at some files and between: each other file is done, and once. */
#include "gather/batch.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FILES 200

struct counts {
	unsigned begun[FILES]; /* in memory that parent and workers share */
};

struct bench {
	struct counts *shared;
	size_t finished, answered;
	enum loss losses[FILES];
};

static bool dies_at(size_t index)
{
	return index == 0 || index == 7 || index == 8 || index == 100 || index == FILES - 1;
}

static bool leaves_at(size_t index)
{
	return index == 50;
}

static void count_file(void *context, size_t index, GString *say)
{
	struct bench *bench = context;
	__atomic_add_fetch(&bench->shared->begun[index], 1, __ATOMIC_SEQ_CST);
	if (dies_at(index))
		raise(SIGKILL);
	if (leaves_at(index))
		_exit(9);
	g_string_append_printf(say, "file %zu", index);
	if (index % 20 == 3) /* more than a socket holds */
		g_string_set_size(say, 1 << 20);
}

static bool keep_outcome(void *context, size_t index, const struct outcome *outcome)
{
	struct bench *bench = context;
	char expected[32];
	assert_int_equal(index, bench->finished++);
	bench->losses[index] = outcome->loss;
	snprintf(expected, sizeof expected, "file %zu", index);
	if (outcome->loss == LOSS_NONE) {
		assert_string_equal(outcome->said, expected);
		bench->answered++;
	}
	return true;
}

static void run_with(unsigned workers)
{
	struct bench bench = {.shared = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS, -1, 0)};
	assert_ptr_not_equal(bench.shared, MAP_FAILED);
	batch_run(&(struct batch){.count = FILES,
		.workers = workers,
		.context = &bench,
		.run = count_file,
		.finished = keep_outcome});
	assert_int_equal(bench.finished, FILES);
	assert_int_equal(bench.answered, FILES - 6);
	for (size_t i = 0; i < FILES; i++) {
		enum loss loss = LOSS_NONE;
		if (dies_at(i))
			loss = LOSS_SIGNAL;
		else if (leaves_at(i))
			loss = LOSS_EXIT;
		assert_int_equal(bench.shared->begun[i], 1);
		assert_int_equal(bench.losses[i], loss);
	}
	munmap(bench.shared, sizeof(struct counts));
}

static void files_cost_nothing_but_themselves(void **state)
{
	(void)state;
	run_with(1);
	run_with(2);
	run_with(7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_cost_nothing_but_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
