/*
 * What a command still needs once its arguments are read: the files and folders that they
 * name, and those that the program lives by. Everything else is given up. Knows who needs
 * what; refuses to know how the kernel is told (confine/).
 */
#ifndef NIANBAO_CLI_REACH_H
#define NIANBAO_CLI_REACH_H

#include "cli/options.h"

struct reach;

/* The C library's own files, and the templates of the options. In the options' arena. */
struct reach *reach_new(const struct options *options);
/* To be read: a file; a report with the folder that its pictures are in; a part of the program
 * (base/module.h) with its libraries; the fonts, with the parts that set and draw them. */
void reach_file(struct reach *reach, const char *path);
void reach_report(struct reach *reach, const char *path);
void reach_part(struct reach *reach, const char *name);
void reach_fonts(struct reach *reach);
/* To be written: a file, by way of another one beside it; files in a folder, made if missing.
 * NULL and "-" are nowhere. */
void reach_output(struct reach *reach, const char *path);
void reach_output_folder(struct reach *reach, const char *folder);

/* The process will have workers, which it must be able to end. */
void reach_workers(struct reach *reach);
/* In a worker: it has nobody to end but itself. */
void reach_alone(const struct options *options);

/* From here on there is nothing else. Should that fail where it ought not to, it is said on
 * standard error and the run goes on. */
void reach_close(struct reach *reach);
/* The same; says on standard output what is in force. */
void reach_close_and_tell(struct reach *reach);

#endif
