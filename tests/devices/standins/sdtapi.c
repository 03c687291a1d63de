/* Stands in for a maker's sdtapi: the documented functions, a card out of files, failures on order. */

#include "orders.h"

static int was_opened, reached, was_read;

/* The cable is pulled: nothing answers until the port is opened anew. */
static int unplugged(const char *way)
{
    if (!strcmp(way, "unplug"))
        was_opened = 0;
    return !was_opened;
}

int SDT_OpenPort(int port)
{
    const char *way = how("open");
    was_opened = port >= 1001 && port <= 1016;
    return status(way, was_opened ? 0x90 : 0x01);
}

int SDT_ClosePort(int port)
{
    was_opened = 0;
    return 0x90;
}

int SDT_GetSAMStatus(int port, int if_open)
{
    const char *way = how("status");
    return unplugged(way) ? 0x01 : status(way, 0x90);
}

int SDT_GetSAMID(int port, unsigned char *id, int if_open)
{
    static const unsigned char sample[16] = {5, 0, 3, 0, 0xf5, 0x8c, 0x32, 1, 0x40, 0xe2, 1, 0, 0x15, 0xcd, 0x5b, 7};
    memcpy(id, sample, sizeof sample);
    return status(how("id"), 0x90);
}

int SDT_StartFindIDCard(int port, unsigned char *iin, int if_open)
{
    unsigned char text[256];
    const char *way = how("find");
    if (unplugged(way) || if_open)
        return 0x01;
    if (!strcmp(way, "order"))
        return 0x90;
    int is_there = content("text", text, sizeof text) > 0;
    if (lifted() || !is_there)
        was_read = 0;
    if (was_read || !is_there)
        return status(way, 0x80);
    memset(iin, 0, 4);
    reached = 1;
    return status(way, 0x9f);
}

int SDT_SelectIDCard(int port, unsigned char *sn, int if_open)
{
    const char *way = how("select");
    if (unplugged(way))
        return 0x02;
    if (!strcmp(way, "order"))
        return 0x9f;
    if (reached < 1)
        return 0x81;
    memset(sn, 0, 8);
    reached = 2;
    return status(way, 0x90);
}

int SDT_ReadBaseMsg(int port, unsigned char *text, unsigned int *text_length, unsigned char *photo,
                    unsigned int *photo_length, int if_open)
{
    const char *way = how("read");
    if (unplugged(way))
        return 0x03;
    if (!strcmp(way, "order"))
        return 0x9f;
    if (reached < 2)
        return 0x41;
    *text_length = content("text", text, 256);
    *photo_length = content("photo", photo, 1024);
    if (!strcmp(way, "short"))
        *text_length /= 2;
    if (!strcmp(way, "long"))
        *text_length *= 2;
    if (!strcmp(way, "huge"))
        *photo_length = 0x7fffffff;
    if (!strcmp(way, "garbage"))
        memset(text, 0x5a, 256);
    if (!strcmp(way, "removed"))
        reached = 0;
    was_read = status(way, 0x90) == 0x90;
    return status(way, 0x90);
}

#ifndef WITHOUT_ADDRESS
int SDT_ReadNewAppMsg(int port, unsigned char *address, unsigned int *length, int if_open)
{
    const char *way = how("address");
    if (reached < 2)
        return 0x41;
    *length = content("address", address, 70);
    if (!strcmp(way, "short"))
        *length /= 2;
    return status(way, *length ? 0x90 : 0x91);
}
#endif
