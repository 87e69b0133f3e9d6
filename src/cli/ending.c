/* Handlers do nothing but what signal-safety(7) allows: unlink, kill, waitpid, write, _exit. */
#include "cli/ending.h"

#include "base/file.h"
#include "gather/batch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static enum language language_of_run;
static const char *volatile named;
static volatile sig_atomic_t silent, in_line;

static void say_bytes(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t put = write(STDERR_FILENO, bytes, length);
		if (put <= 0)
			return;
		bytes += put;
		length -= (size_t)put;
	}
}

static void say_number(int number)
{
	char digits[12];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0 && at > 0);
	say_bytes(digits + at, sizeof digits - at);
}

/* The sentence of the catalogue; {2} is `other`, or without one the signal. */
static void say(enum diag_code code, const char *other, int signal)
{
	const char *path = named ? named : diag_code_text(ENDED_RUN, language_of_run);
	const char *at = diag_code_text(code, language_of_run);
	if (silent)
		return;
	if (in_line)
		say_bytes("\n", 1);
	say_bytes("nianbao: ", strlen("nianbao: "));
	for (const char *brace; (brace = strchr(at, '{')); at = brace + 3) {
		say_bytes(at, (size_t)(brace - at));
		if (brace[1] == '1')
			say_bytes(path, strlen(path));
		else if (other)
			say_bytes(other, strlen(other));
		else
			say_number(signal);
	}
	say_bytes(at, strlen(at));
	say_bytes("\n", 1);
}

/* By the signal itself, so that a shell, a script or our parent sees what it was. */
static void end_by(int signal_number)
{
	sigset_t these;
	signal(signal_number, SIG_DFL);
	sigemptyset(&these);
	sigaddset(&these, signal_number);
	raise(signal_number);
	sigprocmask(SIG_UNBLOCK, &these, NULL);
	_exit(128 + signal_number);
}

static void stop(int signal_number)
{
	batch_abandon();
	file_abandon();
	say(ENDED_STOPPED, NULL, signal_number);
	end_by(signal_number);
}

void ending_for_memory(void)
{
	batch_abandon();
	file_abandon();
	say(ENDED_MEMORY, NULL, 0);
	_exit(silent ? ENDING_MEMORY : EXIT_ENVIRONMENT);
}

/* GLib ends by SIGTRAP what has no memory, where it couldn't even tell us (below). */
static void fail(int signal_number, siginfo_t *about, void *context)
{
	(void)context;
	if (signal_number == SIGTRAP)
		ending_for_memory();
	const char *mapped = signal_number == SIGBUS ? file_mapped_at(about->si_addr) : NULL;
	batch_abandon();
	file_abandon();
	say(mapped ? ENDED_MAPPED : ENDED_FAULT, mapped, signal_number);
	if (silent)
		end_by(signal_number);
	_exit(EXIT_ENVIRONMENT);
}

static void hear_glib(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
	if (level & G_LOG_LEVEL_ERROR) /* g_malloc and our arena say nothing else */
		ending_for_memory();
	g_log_default_handler(domain, level, message, data);
}

/* Pango warns by itself, in English; what it couldn't do we see by our own means, and say. */
static GLogWriterOutput pass_over_warnings(
	GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
	if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
		return g_log_writer_default(level, fields, count, data);
	return G_LOG_WRITER_HANDLED;
}

/* What was ignored when we were started (nohup) stays so. */
static void watch_interruptions(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU};
	struct sigaction action = {.sa_handler = stop}, old;
	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

/* On a stack of their own: the usual one may be what ran out. Sanitizers have theirs. */
static void watch_faults(void)
{
#ifndef ENDING_SANITIZED
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
	static char room[65536];
	struct sigaction action = {.sa_sigaction = fail, .sa_flags = SA_SIGINFO | SA_ONSTACK};
	sigaltstack(&(stack_t){.ss_sp = room, .ss_size = sizeof room}, NULL);
	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &action, NULL);
#else
	(void)fail;
#endif
}

static void take_closed_descriptors(void)
{
	for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
		if (fcntl(descriptor, F_GETFD) < 0)
			open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void ending_prepare(enum language language)
{
	language_of_run = language;
	take_closed_descriptors();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	watch_interruptions();
	watch_faults();
	g_log_set_default_handler(hear_glib, NULL);
	g_log_set_writer_func(pass_over_warnings, NULL, NULL);
}

void ending_names(const char *path)
{
	named = path;
}

void ending_after_bar(bool drawn)
{
	in_line = drawn;
}

void ending_stay_silent(void)
{
	silent = 1;
}
