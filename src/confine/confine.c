/* Landlock for files; for all else a seccomp filter that the build has made (make_filter.c). */
#include "confine/confine.h"

#include "confine/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * What <linux/landlock.h> holds depends on the headers that we are built with, what is in force
 * on the kernel that we run on; these numbers are the kernel's for good.
 */
#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR (UINT64_C(1) << 3)
#define WRITE_FILE (UINT64_C(1) << 1)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_DIR (UINT64_C(1) << 7)
#define MAKE_REG (UINT64_C(1) << 8)
#define TRUNCATE (UINT64_C(1) << 14) /* since ABI 3 */

#define ON_FILES (READ_FILE | WRITE_FILE | TRUNCATE) /* all others make sense on folders only */

struct ruleset {
	uint64_t files, network, scopes;
};

/* What each ABI can refuse, and we do: everything. */
static struct ruleset ruleset_for(int abi)
{
	static const unsigned file_rights[] = {0, 13, 14, 15, 15, 16};
	const int known = (int)(sizeof file_rights / sizeof *file_rights) - 1;
	return (struct ruleset){
		.files = (UINT64_C(1) << file_rights[abi < known ? abi : known]) - 1,
		.network = abi >= 4 ? 3 : 0, /* TCP: bind, connect */
		.scopes = abi >= 6 ? 3 : 0, /* abstract sockets and signals stay among ourselves */
	};
}

static uint64_t rights_of(enum confine_use use)
{
	return use == CONFINE_READ
		? READ_FILE | READ_DIR
		: READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | REMOVE_FILE | MAKE_REG | MAKE_DIR;
}

/* 0, or an errno value. */
static int add_place(int ruleset, uint64_t handled, const struct confine_place *place)
{
	struct stat status;
	int descriptor = open(place->path, O_PATH | O_CLOEXEC);
	if (descriptor < 0)
		return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? errno : 0;
	bool folder = fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
	struct landlock_path_beneath_attr beneath = {
		.allowed_access =
			rights_of(place->use) & handled & (folder ? ~UINT64_C(0) : ON_FILES),
		.parent_fd = descriptor,
	};
	int failure = 0;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
		failure = errno;
	close(descriptor);
	/* A pipe has no place in a tree; Landlock says so and never refuses one. */
	return failure == EBADFD ? 0 : failure;
}

static void fail(struct confined *confined, const char *call, int failure)
{
	confined->failed = call;
	confined->failure = failure;
}

static void restrict_files(
	struct confined *confined, const struct confine_place *places, size_t count)
{
	/* Not in the kernel, not switched on, or a container's filter that refuses it. */
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return;
	const struct ruleset wanted = ruleset_for((int)abi);
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0);
	if (ruleset < 0) {
		fail(confined, "landlock_create_ruleset", errno);
		return;
	}
	int failure = 0;
	for (size_t i = 0; i < count && !failure; i++)
		failure = add_place(ruleset, wanted.files, &places[i]);
	if (failure)
		fail(confined, "landlock_add_rule", failure);
	else if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		fail(confined, "landlock_restrict_self", errno);
	else
		confined->landlock = (int)abi;
	close(ruleset);
}

static void refuse_calls(struct confined *confined)
{
	const struct sock_fprog program = {
		(unsigned short)confine_filter_length,
		(struct sock_filter *)confine_filter,
	};
	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)
		return;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		confined->filter = true;
	else
		fail(confined, "seccomp", errno);
}

/* The low half of a system call's first argument. */
#define FIRST_ARGUMENT                                                                             \
	(offsetof(struct seccomp_data, args) + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0))

/* By a filter of its own, as the process has its number only now. Calls by the numbers of another
 * architecture are what the first filter refuses. */
int confine_signals(void)
{
	struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tkill, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIRST_ARGUMENT),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	const struct sock_fprog program = {
		(unsigned short)(sizeof instructions / sizeof *instructions), instructions};
	if (confine_filter_length == 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		return 0;
	return errno == EINVAL ? 0 : errno; /* a kernel without filters */
}

struct confined confine_apply(const struct confine_place *places, size_t count)
{
	struct confined confined = {.meant = confine_filter_length > 0};
	if (!confined.meant)
		return confined;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		fail(&confined, "no_new_privs", errno);
		return confined;
	}
	restrict_files(&confined, places, count);
	refuse_calls(&confined);
	return confined;
}
