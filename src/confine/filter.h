/*
 * The seccomp filter that the build makes: classic BPF, as seccomp(2) wants it. Knows nothing
 * of why a call is refused (make_filter.c).
 */
#ifndef NIANBAO_CONFINE_FILTER_H
#define NIANBAO_CONFINE_FILTER_H

#include <linux/filter.h>

extern const struct sock_filter confine_filter[];
extern const unsigned short confine_filter_length; /* instructions; 0: none, a build for tests */

#endif
