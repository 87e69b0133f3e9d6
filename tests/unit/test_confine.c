/* Attempts to escape: each is made by a child that isn't confined, where it must work, and by
 * one that is, where it must fail in the way that it is written here. */
#include "confine/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The folders of an attempt: `in` may be read, `out` written, `away` neither. The children
 * stand in the folder above. */
static char *folder;
static int datagrams, stream; /* sockets from before */

static int failure_of(long returned)
{
	return returned < 0 ? errno : 0;
}

static int open_and_close(const char *path, int flags)
{
	int descriptor = open(path, flags | O_CLOEXEC, 0600);
	int failure = failure_of(descriptor);
	if (descriptor >= 0)
		close(descriptor);
	return failure;
}

static struct sockaddr_in local(void)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int try_tcp(void)
{
	return failure_of(socket(AF_INET, SOCK_STREAM, 0));
}

static int try_udp(void)
{
	return failure_of(socket(AF_INET6, SOCK_DGRAM, 0));
}

static int try_local_socket(void)
{
	return failure_of(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int try_netlink(void)
{
	return failure_of(socket(AF_NETLINK, SOCK_RAW, 0));
}

static int try_connect(void)
{
	struct sockaddr_in to = local();
	return failure_of(connect(datagrams, (struct sockaddr *)&to, sizeof to));
}

static int try_bind(void)
{
	struct sockaddr_in to = local();
	to.sin_port = 0;
	return failure_of(bind(stream, (struct sockaddr *)&to, sizeof to));
}

static int try_sendto(void)
{
	struct sockaddr_in to = local();
	return failure_of(sendto(datagrams, "x", 1, 0, (struct sockaddr *)&to, sizeof to));
}

static int try_sendmsg(void)
{
	struct sockaddr_in to = local();
	struct iovec bytes = {"x", 1};
	struct msghdr message = {
		.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &bytes, .msg_iovlen = 1};
	return failure_of(sendmsg(datagrams, &message, 0));
}

static int try_pair(void)
{
	int pair[2];
	char byte = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return errno;
	if (send(pair[0], "x", 1, MSG_NOSIGNAL) != 1 || recv(pair[1], &byte, 1, 0) != 1)
		return errno;
	return byte == 'x' ? 0 : EIO;
}

static int try_other_pair(void)
{
	int pair[2];
	return failure_of(socketpair(AF_TIPC, SOCK_STREAM, 0, pair));
}

static char *const no_words[] = {"true", NULL};

static int try_execve(void)
{
	return failure_of(execve("/bin/true", no_words, no_words + 1));
}

static int try_execveat(void)
{
	return failure_of(
		syscall(SYS_execveat, AT_FDCWD, "/usr/bin/true", no_words, no_words + 1, 0));
}

static int try_spawn(void)
{
	pid_t process;
	return posix_spawn(&process, "/bin/true", NULL, NULL, no_words, no_words + 1);
}

static int try_fork(void)
{
	pid_t process = fork();
	if (process == 0)
		_exit(0);
	return process < 0 ? errno : failure_of(waitpid(process, NULL, 0));
}

static int try_ptrace(void)
{
	return failure_of(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int try_kill(void)
{
	return failure_of(kill(getppid(), 0));
}

static int try_owner(void)
{
	return failure_of(fcntl(STDIN_FILENO, F_SETOWN, getppid()));
}

static int try_signal(void)
{
	return failure_of(fcntl(STDIN_FILENO, F_SETSIG, SIGTERM));
}

static int try_thread_kill(void)
{
	return failure_of(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static int try_other_memory(void)
{
	char here, there = 'x';
	struct iovec one = {&here, 1}, other = {&there, 1};
	return failure_of(process_vm_readv(getpid(), &one, 1, &other, 1, 0));
}

static int try_pidfd(void)
{
	return failure_of(syscall(SYS_pidfd_open, getppid(), 0));
}

static int try_new_user(void)
{
	return failure_of(syscall(SYS_clone, (unsigned long)CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
}

static int try_unshare(void)
{
	return failure_of(unshare(CLONE_FILES));
}

static int try_mount(void)
{
	return failure_of(mount("none", "out", "no such system", 0, NULL));
}

static int try_bpf(void)
{
	return failure_of(syscall(SYS_bpf, BPF_PROG_LOAD, NULL, 0));
}

static int try_keys(void)
{
	return failure_of(syscall(SYS_keyctl, -1));
}

static int try_ring(void)
{
	return failure_of(syscall(SYS_io_uring_setup, 0, NULL));
}

static int try_limits_of_parent(void)
{
	return failure_of(syscall(SYS_prlimit64, getppid(), 0, NULL, NULL));
}

static int try_typing(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	return failure_of(ioctl(master, TIOCSTI, "x"));
}

static int try_read_in(void)
{
	return open_and_close("in/file", O_RDONLY);
}

static int try_list_in(void)
{
	return open_and_close("in", O_RDONLY | O_DIRECTORY);
}

static int try_write_in(void)
{
	return open_and_close("in/file", O_WRONLY);
}

static int try_empty_in(void)
{
	return open_and_close("in/file", O_RDONLY | O_TRUNC);
}

static int try_make_in(void)
{
	return open_and_close("in/new", O_WRONLY | O_CREAT | O_EXCL);
}

static int try_read_away(void)
{
	return open_and_close("away/file", O_RDONLY);
}

static int try_read_above(void)
{
	return open_and_close("in/../away/file", O_RDONLY);
}

static int try_read_link(void)
{
	return open_and_close("in/link", O_RDONLY);
}

static int try_read_absolute(void)
{
	return open_and_close("/etc/passwd", O_RDONLY);
}

static int try_read_by_root(void)
{
	return open_and_close("/proc/self/root/etc/passwd", O_RDONLY);
}

static int try_environment_of_parent(void)
{
	char *path = g_strdup_printf("/proc/%d/environ", getppid());
	int failure = open_and_close(path, O_RDONLY);
	g_free(path);
	return failure;
}

static int try_list_away(void)
{
	return open_and_close("away", O_RDONLY | O_DIRECTORY);
}

static int try_write_away(void)
{
	return open_and_close("away/file", O_WRONLY);
}

static int try_make_away(void)
{
	return open_and_close("away/new", O_WRONLY | O_CREAT | O_EXCL);
}

static int try_remove_away(void)
{
	return failure_of(unlink("away/file"));
}

static int try_folder_away(void)
{
	return failure_of(mkdir("away/folder", 0700));
}

static int try_rename_out(void)
{
	return failure_of(rename("out/file", "away/moved"));
}

static int try_rename_within(void)
{
	return failure_of(rename("out/file", "out/moved"));
}

static int try_replace(void)
{
	int failure = open_and_close("out/.new", O_WRONLY | O_CREAT | O_EXCL);
	return failure ? failure : failure_of(rename("out/.new", "out/file"));
}

static int try_link(void)
{
	return failure_of(link("in/file", "out/link"));
}

static int try_symbolic_link(void)
{
	return failure_of(symlink("/etc/passwd", "out/link"));
}

static int try_pipe_file(void)
{
	return failure_of(mkfifo("out/pipe", 0600));
}

static int try_truncate(void)
{
	return failure_of(truncate("away/file", 0));
}

static int try_chmod(void)
{
	return failure_of(chmod("away/file", 0644));
}

static int try_chown(void)
{
	return failure_of(chown("away/file", getuid(), getgid()));
}

static int try_times(void)
{
	return failure_of(utimensat(AT_FDCWD, "away/file", NULL, 0));
}

static int try_attribute(void)
{
	return failure_of(removexattr("away/file", "user.none")) == ENODATA
		? 0
		: failure_of(removexattr("away/file", "user.none"));
}

/* What an attempt is to end in, freely and confined. NOT_SO: anything but the latter, where it
 * depends on who one is. */
#define NOT_SO (-1)
static const struct attempt {
	const char *name;
	int (*run)(void);
	int free, confined;
	bool files; /* it is Landlock's */
} attempts[] = {
	{"TCP", try_tcp, 0, EPERM, false},
	{"UDP", try_udp, NOT_SO, EPERM, false},
	{"local socket", try_local_socket, 0, EPERM, false},
	{"netlink", try_netlink, 0, EPERM, false},
	{"connect", try_connect, 0, EPERM, false},
	{"bind", try_bind, 0, EPERM, false},
	{"sendto", try_sendto, 0, EPERM, false},
	{"sendmsg", try_sendmsg, 0, EPERM, false},
	{"a worker's socket", try_pair, 0, 0, false},
	{"another pair", try_other_pair, NOT_SO, EPERM, false},
	{"execve", try_execve, 0, EPERM, false},
	{"execveat", try_execveat, 0, EPERM, false},
	{"posix_spawn", try_spawn, 0, EPERM, false},
	{"a worker", try_fork, 0, 0, false},
	{"ptrace", try_ptrace, 0, EPERM, false},
	{"kill", try_kill, 0, EPERM, false},
	{"a descriptor's owner", try_owner, 0, ENOSYS, false},
	{"a descriptor's signal", try_signal, 0, ENOSYS, false},
	{"tgkill", try_thread_kill, 0, ENOSYS, false},
	{"another's memory", try_other_memory, 0, EPERM, false},
	{"pidfd", try_pidfd, 0, EPERM, false},
	{"a new user space", try_new_user, NOT_SO, EPERM, false},
	{"unshare", try_unshare, 0, EPERM, false},
	{"mount", try_mount, ENODEV, EPERM, false},
	{"bpf", try_bpf, NOT_SO, EPERM, false},
	{"keyctl", try_keys, NOT_SO, EPERM, false},
	{"io_uring", try_ring, NOT_SO, EPERM, false},
	{"the parent's limits", try_limits_of_parent, 0, EPERM, false},
	{"typing into a terminal", try_typing, NOT_SO, ENOSYS, false},
	{"reading", try_read_in, 0, 0, true},
	{"listing", try_list_in, 0, 0, true},
	{"writing where one reads", try_write_in, 0, EACCES, true},
	{"emptying where one reads", try_empty_in, 0, EPERM, false},
	{"a new file where one reads", try_make_in, 0, EACCES, true},
	{"reading elsewhere", try_read_away, 0, EACCES, true},
	{"reading by ..", try_read_above, 0, EACCES, true},
	{"reading by a link", try_read_link, 0, EACCES, true},
	{"reading by a whole path", try_read_absolute, 0, EACCES, true},
	{"reading by /proc", try_read_by_root, 0, EACCES, true},
	{"the parent's environment", try_environment_of_parent, 0, EACCES, true},
	{"listing elsewhere", try_list_away, 0, EACCES, true},
	{"writing elsewhere", try_write_away, 0, EACCES, true},
	{"a new file elsewhere", try_make_away, 0, EACCES, true},
	{"removing elsewhere", try_remove_away, 0, EACCES, true},
	{"a folder elsewhere", try_folder_away, 0, EACCES, true},
	{"moving elsewhere", try_rename_out, 0, EACCES, true},
	{"moving within the output", try_rename_within, 0, 0, true},
	{"replacing an output", try_replace, 0, 0, true},
	{"a hard link", try_link, 0, EPERM, false},
	{"a symbolic link", try_symbolic_link, 0, EPERM, false},
	{"a named pipe", try_pipe_file, 0, EPERM, false},
	{"truncate", try_truncate, 0, EPERM, false},
	{"chmod", try_chmod, 0, EPERM, false},
	{"chown", try_chown, 0, EPERM, false},
	{"times", try_times, 0, EPERM, false},
	{"attributes", try_attribute, NOT_SO, EPERM, false},
};

static void write_file(const char *path)
{
	assert_true(g_file_set_contents(path, "one\n", -1, NULL));
}

static void make_folders(void)
{
	folder = g_dir_make_tmp("confine-XXXXXX", NULL);
	assert_non_null(folder);
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("in", 0700) | mkdir("out", 0700) | mkdir("away", 0700), 0);
	write_file("in/file");
	write_file("out/file");
	write_file("away/file");
	assert_int_equal(symlink("../away/file", "in/link"), 0);
}

static void remove_folders(void)
{
	static const char *const names[] = {"in/file", "in/link", "in/new", "out/file", "out/moved",
		"out/.new", "out/link", "out/pipe", "away/file", "away/new", "away/moved",
		"away/folder", "in", "out", "away"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		remove(names[i]);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(folder), 0);
	g_free(folder);
}

static struct confined confine_here(void)
{
	static const struct confine_place places[] = {
		{"in", CONFINE_READ},
		{"out", CONFINE_WRITE},
		{"no such folder", CONFINE_READ},
	};
	return confine_apply(places, G_N_ELEMENTS(places));
}

/* How the child ended: its errno value, or its signal and 1000. */
static int outcome_of(const struct attempt *attempt, bool confined)
{
	int status = 0;
	make_folders();
	fflush(NULL);
	pid_t process = fork();
	if (process == 0) {
		struct confined how = {0};
		datagrams = socket(AF_INET, SOCK_DGRAM, 0);
		stream = socket(AF_INET, SOCK_STREAM, 0);
		if (confined)
			how = confine_here();
		_exit(how.failed ? 255 : attempt->run());
	}
	assert_int_equal(waitpid(process, &status, 0), process);
	remove_folders();
	return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Learnt in a child, as there is no way back. */
static struct confined what_is_in_force(void)
{
	struct confined confined = {0};
	int channel[2];
	assert_int_equal(pipe(channel), 0);
	pid_t process = fork();
	if (process == 0) {
		confined = confine_apply(NULL, 0);
		_exit(write(channel[1], &confined, sizeof confined) != sizeof confined);
	}
	assert_int_equal(read(channel[0], &confined, sizeof confined), sizeof confined);
	assert_int_equal(waitpid(process, NULL, 0), process);
	close(channel[0]);
	close(channel[1]);
	return confined;
}

static void test_attempts(void **state)
{
	(void)state;
	struct confined force = what_is_in_force();
	unsigned wrong = 0;
	if (!force.meant)
		skip();
	assert_null(force.failed);
	for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++) {
		const struct attempt *attempt = &attempts[i];
		if (attempt->files ? !force.landlock : !force.filter)
			continue;
		int freely = outcome_of(attempt, false), confined = outcome_of(attempt, true);
		bool told = attempt->free == NOT_SO ? freely != attempt->confined
						    : freely == attempt->free;
		if (told && confined == attempt->confined)
			continue;
		print_error("%s: free %d, confined %d\n", attempt->name, freely, confined);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static int abort_here(void)
{
	signal(SIGABRT, SIG_DFL);
	abort();
}

/* Who is out of memory must die of what he wanted to die of: the parent names the signal. */
static void test_abort(void **state)
{
	(void)state;
	static const struct attempt dying = {"abort", abort_here, 0, 0, false};
	assert_int_equal(outcome_of(&dying, true), 1000 + SIGABRT);
}

/* Without Landlock, which would refuse it, too. */
static int signal_others(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (kill(getppid(), 0) != 0 || confine_signals() != 0)
		return 254;
	if (kill(getppid(), 0) == 0 || kill(0, 0) == 0 || kill(-1, 0) == 0 ||
		syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ||
		syscall(SYS_tkill, getppid(), 0) == 0)
		return 1;
	int failure = errno;
	return kill(getpid(), 0) == 0 && raise(0) == 0 ? failure : 2;
}

static int abort_alone(void)
{
	return confine_signals() == 0 ? abort_here() : 254;
}

static void test_signals(void **state)
{
	(void)state;
	static const struct attempt others = {"signals", signal_others, 0, 0, false};
	static const struct attempt dying = {"abort", abort_alone, 0, 0, false};
	if (!what_is_in_force().filter)
		skip();
	assert_int_equal(outcome_of(&others, false), EPERM);
	assert_int_equal(outcome_of(&dying, true), 1000 + SIGABRT);
}

static int try_device(void)
{
	static const struct confine_place places[] = {{"/dev/null", CONFINE_WRITE}};
	confine_apply(places, 1);
	int failure = open_and_close("/dev/null", O_WRONLY);
	return failure ? failure : open_and_close("/dev/zero", O_WRONLY) == EACCES ? 0 : EEXIST;
}

/* A device is written as it is, and nothing beside it. */
static void test_device(void **state)
{
	(void)state;
	static const struct attempt writing = {"device", try_device, 0, 0, true};
	if (!what_is_in_force().landlock)
		skip();
	assert_int_equal(outcome_of(&writing, false), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attempts),
		cmocka_unit_test(test_abort),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_device),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
