/* Stands in for a maker's Termb: the documented functions; what it reads it leaves in files of the working folder. */

#include "orders.h"

static int was_opened, was_found;

int CVR_InitComm(int port)
{
    const char *way = how("open");
    was_opened = port >= 1001 && port <= 1016;
    return status(way, was_opened ? 1 : 2);
}

int CVR_CloseComm(void)
{
    was_opened = 0;
    return 1;
}

int CVR_Authenticate(void)
{
    unsigned char text[256];
    const char *way = how("find");
    if (!was_opened)
        return 0;
    was_found = content("getters/name", text, sizeof text) > 0;
    return status(way, was_found ? 1 : 2);
}

static void leave(const char *from, const char *name)
{
    unsigned char data[65536];
    int length = content(from, data, sizeof data);
    FILE *file = length ? fopen(name, "wb") : NULL;
    if (file) {
        fwrite(data, 1, length, file);
        fclose(file);
    }
}

int CVR_Read_Content(int active)
{
    if (!was_found || active != 4)
        return 0;
    leave("text", "wz.txt");
    leave("photo", "xp.wlt");
    leave("picture", "zp.bmp");
    const char *way = how("read"); /* after the files: what takes it down leaves them behind */
    was_found = 0;
    return status(way, 1);
}

static int got(const char *name, char *room, int *length)
{
    char path[64];
    snprintf(path, sizeof path, "getters/%s", name);
    *length = content(path, (unsigned char *)room, 255);
    room[*length] = 0;
    return 1;
}

#define GETTER(function, name) \
    int function(char *room, int *length) { return got(name, room, length); }

#ifndef WITHOUT_NUMBER
GETTER(GetPeopleIDCode, "number")
#endif
GETTER(GetPeopleName, "name")
GETTER(GetPeopleSex, "sex")
GETTER(GetPeopleNation, "nation")
GETTER(GetPeopleBirthday, "birth")
GETTER(GetPeopleAddress, "address")
GETTER(GetDepartment, "issuer")
GETTER(GetStartDate, "valid_from")
GETTER(GetEndDate, "valid_to")
