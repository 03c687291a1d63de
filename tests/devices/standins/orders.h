/* What all stand-ins do on order. The folder STANDIN names holds `order` ("read:crash", done once, then removed),
   and what lies on the reader: `text`, `photo`, `address`. No folder means a card that is not there. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *place(const char *name, const char *mode)
{
    char path[4096];
    const char *folder = getenv("STANDIN");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "/nowhere", name);
    return fopen(path, mode);
}

static int content(const char *name, unsigned char *room, int most)
{
    FILE *file = place(name, "rb");
    int length = 0;
    if (file) {
        length = (int)fread(room, 1, most, file);
        fclose(file);
    }
    return length;
}

/* How `step` is to fail: "" for not at all. What takes the process down never returns. */
static const char *how(const char *step)
{
    static char order[64];
    char path[4096];
    size_t long_is = strlen(step);
    memset(order, 0, sizeof order);
    content("order", (unsigned char *)order, sizeof order - 1);
    if (strncmp(order, step, long_is) != 0 || order[long_is] != ':')
        return "";
    snprintf(path, sizeof path, "%s/order", getenv("STANDIN"));
    unlink(path);
    const char *way = order + long_is + 1;
    if (!strcmp(way, "hang"))
        sleep(600);
    if (!strcmp(way, "crash"))
        raise(SIGSEGV);
    if (!strcmp(way, "abort"))
        abort();
    if (!strcmp(way, "exit"))
        _exit(5);
    if (!strcmp(way, "leak"))
        memset(malloc(40u << 20), 1, 40u << 20);
    if (!strcmp(way, "print")) {
        puts("{\"job\": 1, \"length\": 0, \"status\": 144}");
        fflush(stdout);
        fputs("what stands on the card\n", stderr);
    }
    return way;
}

/* Whether the card was taken up and put down again since anybody asked. */
static int lifted(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/lifted", getenv("STANDIN") ? getenv("STANDIN") : "/nowhere");
    return unlink(path) == 0;
}

/* The status a step gives: `well`, or the one of an order such as "status=41". */
static int status(const char *way, int well)
{
    return strncmp(way, "status=", 7) ? well : (int)strtol(way + 7, NULL, 16);
}
