/*
 * Writing by temporary file, fsync and rename. Whoever ends the process in between finds the
 * old file, whole; kill -9 leaves a .nianbao-XXXXXX beside it, which nothing reads.
 */
#include "base/file_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BESIDE ".nianbao-XXXXXX" /* short, so that it fits wherever the target's name does */

static int write_all(int descriptor, struct bytes bytes)
{
	while (bytes.length > 0) {
		errno = 0;
		ssize_t put = write(descriptor, bytes.start, bytes.length);
		if (put < 0 && is_passing(descriptor, POLLOUT))
			continue;
		if (put <= 0)
			return errno ? errno : EIO;
		bytes.start += put;
		bytes.length -= (size_t)put;
	}
	return 0;
}

/* A new file gets the mode that the umask allows; an old one keeps its own. */
static mode_t mode_for(const char *path)
{
	struct stat old;
	if (stat(path, &old) == 0)
		return old.st_mode & 0777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Some disks cannot sync: no loss. */
static int sync_to_disk(int descriptor)
{
	while (fsync(descriptor) != 0)
		if (errno == EINVAL || errno == ENOTSUP)
			return 0;
		else if (errno != EINTR)
			return errno;
	return 0;
}

/* Disks without modes of their own (FAT) refuse them. */
static int settle_on_disk(int descriptor, mode_t mode)
{
	if (fchmod(descriptor, mode) != 0 && errno != EPERM && errno != ENOTSUP)
		return errno;
	return sync_to_disk(descriptor);
}

/* Folders with names that aren't on the disk yet, each with one of its files; NULL: none. */
static GHashTable *unsettled;

static void note_folder(const char *path)
{
	if (!unsettled)
		unsettled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_hash_table_insert(unsettled, g_path_get_dirname(path), g_strdup(path));
}

/* A folder that may be written and not read can't be synced, nor one that is gone. */
static int sync_folder(const char *folder)
{
	int descriptor;
	do
		descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (descriptor < 0 && errno == EINTR);
	if (descriptor < 0)
		return errno == EACCES || errno == ENOENT ? 0 : errno;
	int failure = sync_to_disk(descriptor);
	close(descriptor); /* nothing was written by it */
	return failure;
}

int file_settle(const char **failed)
{
	static char *last;
	GHashTable *folders = unsettled;
	GHashTableIter each;
	gpointer folder, file;
	int failure = 0;
	unsettled = NULL;
	g_clear_pointer(&last, g_free);
	if (!folders)
		return 0;
	g_hash_table_iter_init(&each, folders);
	while (!failure && g_hash_table_iter_next(&each, &folder, &file))
		failure = sync_folder(folder);
	if (failure)
		*failed = last = g_strdup(file);
	g_hash_table_unref(folders);
	return failure;
}

/* What isn't a regular file (a device, a pipe) can't be replaced and is written as it is. */
static int write_in_place(const char *path, struct bytes bytes)
{
	if (strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, bytes);
	int descriptor;
	do
		descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (descriptor < 0 && errno == EINTR);
	if (descriptor < 0)
		return errno;
	int failure = write_all(descriptor, bytes);
	if (close(descriptor) != 0 && !failure && errno != EINTR)
		failure = errno;
	return failure;
}

enum way { WAY_RENAME, WAY_IN_PLACE };

/* EISDIR, ENXIO or 0, and how `path` is to be written. */
static int choose_way(const char *path, enum way *way)
{
	struct stat old;
	*way = strcmp(path, "-") == 0 || names_open_file(path) ? WAY_IN_PLACE : WAY_RENAME;
	if (*way == WAY_IN_PLACE || stat(path, &old) != 0 || S_ISREG(old.st_mode))
		return 0;
	*way = WAY_IN_PLACE;
	if (S_ISDIR(old.st_mode))
		return EISDIR;
	return S_ISBLK(old.st_mode) ? ENXIO : 0;
}

/* Names of temporary files that are there now; NULL where one isn't. */
static char **volatile pending;
static volatile size_t pending_count;

void file_abandon(void)
{
	for (size_t i = 0; pending && i < pending_count; i++)
		if (pending[i])
			unlink(pending[i]);
}

static char *beside_of(const char *path)
{
	char *folder = g_path_get_dirname(path);
	char *beside = g_build_filename(folder, BESIDE, NULL);
	g_free(folder);
	return beside;
}

static int open_beside(const char *path, char **slot)
{
	int descriptor;
	do {
		g_free(*slot);
		*slot = beside_of(path);
		descriptor = mkostemp(*slot, O_CLOEXEC);
	} while (descriptor < 0 && errno == EINTR);
	int failure = errno;
	if (descriptor < 0)
		g_clear_pointer(slot, g_free);
	errno = failure;
	return descriptor;
}

/* Writes it whole beside its target; the name stays in `*slot` for as long as it is there. */
static int stage(const struct file_output *output, char **slot)
{
	int descriptor = open_beside(output->path, slot);
	int failure = descriptor < 0 ? errno : write_all(descriptor, output->bytes);
	if (!failure)
		failure = settle_on_disk(descriptor, mode_for(output->path));
	if (descriptor >= 0 && close(descriptor) != 0 && !failure && errno != EINTR)
		failure = errno;
	return failure;
}

static int stage_all(
	const struct file_output *outputs, size_t count, enum way *ways, size_t *failed)
{
	int failure = 0;
	for (size_t i = 0; i < count && !failure; i++) {
		*failed = i;
		failure = choose_way(outputs[i].path, &ways[i]);
		if (!failure && ways[i] == WAY_RENAME)
			failure = stage(&outputs[i], &pending[i]);
	}
	return failure;
}

static int rename_all(
	const struct file_output *outputs, size_t count, const enum way *ways, size_t *failed)
{
	int failure = 0;
	for (size_t i = 0; i < count && !failure; i++) {
		*failed = i;
		if (ways[i] == WAY_IN_PLACE)
			failure = write_in_place(outputs[i].path, outputs[i].bytes);
		else if (rename(pending[i], outputs[i].path) != 0)
			failure = errno;
		else
			g_clear_pointer(&pending[i], g_free);
		if (ways[i] == WAY_RENAME && !pending[i])
			note_folder(outputs[i].path);
	}
	return failure;
}

int file_write_all(const struct file_output *outputs, size_t count, size_t *failed)
{
	enum way *ways = g_new0(enum way, count);
	char **names = g_new0(char *, count);
	pending = names;
	pending_count = count;
	int failure = stage_all(outputs, count, ways, failed);
	if (!failure)
		failure = rename_all(outputs, count, ways, failed);
	file_abandon();
	pending_count = 0;
	pending = NULL;
	for (size_t i = 0; i < count; i++)
		g_free(names[i]);
	g_free(names);
	g_free(ways);
	return failure;
}

int file_write(const char *path, struct bytes bytes)
{
	size_t failed;
	return file_write_all(&(struct file_output){path, bytes}, 1, &failed);
}
