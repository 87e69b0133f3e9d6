/*
 * What clang 14's MemorySanitizer doesn't know of Debian 12's C library: that these functions
 * fill what they are given. Linked before the C library's own.
 */
#include <fcntl.h>
#include <sanitizer/msan_interface.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int fstatat(int folder, const char *path, struct stat *found, int flags)
{
	int failed = (int)syscall(SYS_newfstatat, folder, path, found, flags);
	if (!failed)
		__msan_unpoison(found, sizeof *found);
	return failed;
}

int stat(const char *path, struct stat *found)
{
	return fstatat(AT_FDCWD, path, found, 0);
}

int lstat(const char *path, struct stat *found)
{
	return fstatat(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW);
}

int fstat(int descriptor, struct stat *found)
{
	return fstatat(descriptor, "", found, AT_EMPTY_PATH);
}

int stat64(const char *path, struct stat64 *found) __attribute__((alias("stat")));
int lstat64(const char *path, struct stat64 *found) __attribute__((alias("lstat")));
int fstat64(int descriptor, struct stat64 *found) __attribute__((alias("fstat")));
int fstatat64(int folder, const char *path, struct stat64 *found, int flags)
	__attribute__((alias("fstatat")));
