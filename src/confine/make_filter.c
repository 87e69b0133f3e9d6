/*
 * Run by the build: writes the seccomp filter of confine.c as a C source, so that libseccomp
 * costs nothing when the program starts. What the program and its libraries use is allowed,
 * what could harm is refused with EPERM, and what we don't know does not exist (ENOSYS), so
 * that a newer C library falls back to what we do know.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INSTRUCTIONS_MAX 4096 /* the kernel's own limit */
#define NEW_SPACES                                                                                 \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |             \
		CLONE_NEWPID | CLONE_NEWNET)
#define ENDINGS                                                                                    \
	{                                                                                          \
		SIGABRT, SIGTRAP, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGSEGV, SIGBUS,      \
			SIGILL, SIGFPE                                                             \
	}
#define DESCRIPTOR_USES                                                                            \
	{                                                                                          \
		F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK,    \
			F_SETLKW, F_GETPIPE_SZ                                                     \
	}

/* Names that this machine's architecture lacks are passed over. */
static const char *const allowed[] = {
	/* memory */
	"brk mmap mmap2 munmap mprotect mremap madvise mincore membarrier",
	/* open files */
	"read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 lseek _llseek",
	"close close_range dup dup2 dup3 flock fsync fdatasync fadvise64",
	"fadvise64_64 readahead pipe pipe2 eventfd2 poll ppoll ppoll_time64 select _newselect",
	"pselect6 pselect6_time64 epoll_create1 epoll_ctl epoll_wait epoll_pwait fchmod",
	/* files by name: Landlock decides */
	"stat stat64 lstat lstat64 fstat fstat64 newfstatat fstatat64 statx statfs statfs64",
	"fstatfs fstatfs64 access faccessat faccessat2 readlink readlinkat getcwd getdents",
	"getdents64 mkdir mkdirat rename renameat renameat2 unlink unlinkat umask",
	/* time and chance */
	"clock_gettime clock_gettime64 clock_getres clock_getres_time64 clock_nanosleep",
	"clock_nanosleep_time64 nanosleep gettimeofday time times getrandom getrusage getitimer",
	"setitimer alarm timer_create timer_settime timer_settime64 timer_delete",
	/* this process: threads, signals, limits, who it is */
	"futex futex_time64 futex_waitv set_tid_address set_robust_list get_robust_list rseq",
	"arch_prctl set_thread_area get_thread_area sched_yield sched_getaffinity",
	"sched_getparam sched_getscheduler sched_getattr getcpu rt_sigaction rt_sigprocmask",
	"rt_sigpending rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64",
	"sigreturn sigaltstack pause restart_syscall getpid getppid gettid getpgrp getpgid",
	"getsid getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getgroups",
	"getgroups32 getresuid getresuid32 getresgid getresgid32 getpriority getrlimit",
	"ugetrlimit setrlimit uname sysinfo capget exit exit_group wait4 waitid waitpid",
	/* between a worker and its parent */
	"recv recvfrom send shutdown getsockopt",
};

/* A library may try these and must be told that it may not. */
static const char *const refused[] = {
	/* network */
	"socket socketcall connect bind listen accept accept4 sendmsg sendmmsg recvmsg recvmmsg",
	"getsockname getpeername setsockopt",
	/* new programs */
	"execve execveat vfork uselib",
	/* other processes */
	"rt_sigqueueinfo rt_tgsigqueueinfo ptrace process_vm_readv process_vm_writev",
	"process_madvise pidfd_open pidfd_getfd pidfd_send_signal kcmp setpriority",
	"sched_setaffinity sched_setscheduler sched_setparam",
	/* what Landlock leaves to others: attributes, contents, links, devices */
	"chmod fchmodat fchmodat2 chown chown32 fchown fchown32 fchownat lchown lchown32 utime",
	"utimes utimensat utimensat_time64 futimesat setxattr lsetxattr fsetxattr removexattr",
	"lremovexattr fremovexattr truncate truncate64 ftruncate ftruncate64 creat",
	"open_by_handle_at name_to_handle_at link linkat symlink symlinkat mknod mknodat",
	/* the machine */
	"mount umount umount2 mount_setattr move_mount open_tree fsopen fsconfig fsmount fspick",
	"pivot_root chroot unshare setns swapon swapoff reboot kexec_load kexec_file_load",
	"init_module finit_module delete_module acct quotactl quotactl_fd syslog sethostname",
	"setdomainname settimeofday clock_settime clock_settime64 clock_adjtime clock_adjtime64",
	"adjtimex stime iopl ioperm vhangup personality fanotify_init",
	/* more rights, and the kernel's wide doors */
	"setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32 setresuid",
	"setresuid32 setresgid setresgid32 setgroups setgroups32 setfsuid setfsuid32 setfsgid",
	"setfsgid32 capset keyctl add_key request_key bpf perf_event_open userfaultfd",
	"io_uring_setup io_uring_enter io_uring_register io_setup memfd_create memfd_secret",
	"modify_ldt lookup_dcookie vmsplice shmget shmat msgget semget mq_open setsid setpgid",
};

/* Allowed where none of these bits is in this argument. */
static const struct {
	const char *name;
	unsigned argument;
	scmp_datum_t bits;
} without[] = {
	{"clone", 0, NEW_SPACES},
	/* What is open for reading only can be emptied so; Landlock sees it from ABI 3 on. */
	{"open", 1, O_TRUNC},
	{"openat", 2, O_TRUNC},
};

/* Allowed where this argument has one of these values. */
static const struct {
	const char *name;
	unsigned argument;
	size_t count;
	scmp_datum_t values[11];
} only[] = {
	{"socketpair", 0, 1, {AF_UNIX}}, /* between a worker and its parent */
	{"sendto", 4, 1, {0}}, /* to the other end */
	{"prlimit64", 0, 1, {0}}, /* its own */
	{"ioctl", 1, 5, {TCGETS, TIOCGWINSZ, FIONREAD, FIOCLEX, FIONCLEX}}, /* types nothing */
	/* the last: more filters, which can only refuse more */
	{"prctl", 0, 4, {PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_SET_SECCOMP}},
	/* Whoever may own a descriptor may have its signals sent to others. */
	{"fcntl", 1, 10, DESCRIPTOR_USES},
	{"fcntl64", 1, 10, DESCRIPTOR_USES},
	/* What a process ends by, and a worker is ended by; to whom: confine_signals. */
	{"tgkill", 2, 11, ENDINGS},
	{"tkill", 1, 11, ENDINGS},
	{"kill", 1, 1, {SIGTERM}},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One rule: the named call, where the comparison holds (NULL: always). */
static void add(scmp_filter_ctx filter, uint32_t action, const char *name,
	const struct scmp_arg_cmp *comparison)
{
	int number = seccomp_syscall_resolve_name(name);
	if (number == __NR_SCMP_ERROR)
		return; /* newer than this libseccomp: it does not exist for us */
	int failure =
		seccomp_rule_add_array(filter, action, number, comparison ? 1 : 0, comparison);
	if (failure) {
		fprintf(stderr, "make_filter: %s: error %d\n", name, -failure);
		exit(EXIT_FAILURE);
	}
}

static void add_all(scmp_filter_ctx filter, uint32_t action, const char *names)
{
	char *copy = strdup(names);
	for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
		add(filter, action, name, NULL);
	free(copy);
}

static void add_without(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < COUNT(without); i++) {
		struct scmp_arg_cmp none = {
			without[i].argument, SCMP_CMP_MASKED_EQ, without[i].bits, 0};
		add(filter, SCMP_ACT_ALLOW, without[i].name, &none);
		for (scmp_datum_t bit = 1; bit && bit <= without[i].bits; bit <<= 1) {
			struct scmp_arg_cmp one = {
				without[i].argument, SCMP_CMP_MASKED_EQ, bit, bit};
			if (without[i].bits & bit)
				add(filter, SCMP_ACT_ERRNO(EPERM), without[i].name, &one);
		}
	}
}

static void add_only(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < COUNT(only); i++) {
		for (size_t j = 0; j < only[i].count; j++) {
			struct scmp_arg_cmp same = {
				only[i].argument, SCMP_CMP_EQ, only[i].values[j], 0};
			add(filter, SCMP_ACT_ALLOW, only[i].name, &same);
		}
		/* libseccomp compares an argument once a rule: longer lists end in ENOSYS. */
		struct scmp_arg_cmp other = {only[i].argument, SCMP_CMP_NE, only[i].values[0], 0};
		if (only[i].count == 1)
			add(filter, SCMP_ACT_ERRNO(EPERM), only[i].name, &other);
	}
}

static scmp_filter_ctx make_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (!filter || seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0)
		exit(EXIT_FAILURE);
	for (size_t i = 0; i < COUNT(allowed); i++)
		add_all(filter, SCMP_ACT_ALLOW, allowed[i]);
	for (size_t i = 0; i < COUNT(refused); i++)
		add_all(filter, SCMP_ACT_ERRNO(EPERM), refused[i]);
	add_without(filter);
	add_only(filter);
	return filter;
}

static void print_source(const struct sock_filter *instructions, size_t count)
{
	puts("/* Generated by make_filter.c. */\n#include \"confine/filter.h\"\n");
	printf("const unsigned short confine_filter_length = %zu;\n", count);
	puts("const struct sock_filter confine_filter[] = {");
	for (size_t i = 0; i < count; i++)
		printf("\t{0x%x, %u, %u, 0x%x},\n", instructions[i].code, instructions[i].jt,
			instructions[i].jf, instructions[i].k);
	puts("};");
}

int main(void)
{
	static struct sock_filter instructions[INSTRUCTIONS_MAX + 1];
	scmp_filter_ctx filter = make_filter();
	FILE *exported = tmpfile();
	if (!exported || seccomp_export_bpf(filter, fileno(exported)) != 0)
		return EXIT_FAILURE;
	rewind(exported);
	size_t count = fread(instructions, sizeof *instructions, COUNT(instructions), exported);
	fclose(exported);
	seccomp_release(filter);
	if (count == 0 || count > INSTRUCTIONS_MAX)
		return EXIT_FAILURE;
	print_source(instructions, count);
	return EXIT_SUCCESS;
}
