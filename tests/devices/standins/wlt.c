/* Stands in for a maker's decoder of photos: gives the picture that lies in the folder, whatever the photo. */

#include "orders.h"

int unpack(char *from, char *to, int bmp_save)
{
    const char *way = how("unpack");
    int length = bmp_save == 1 ? content("picture", (unsigned char *)to, 38862) : 0;
    if (!strcmp(way, "short"))
        memset(to, 0, 38862);
    return status(way, length > 0);
}
