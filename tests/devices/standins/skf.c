/* Stands in for a maker's SKF library (GM/T 0016): the documented functions, keys out of folders, failures on order.
   The folder STANDIN names has `keys/DEVICE/APPLICATION/`, and there `pin` (its SM3: what is looked for in memory is
   not left there by us), `tries`, `default` (the PIN is the one it came with), `containers/NAME/{key,certificate}`
   (PKCS #8 and X.509 in DER), `files/NAME`. SM2 is OpenSSL's. `pull` pulls all keys out, in the middle of any call. */

#include "orders.h"

#include <dirent.h>
#include <openssl/evp.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <sys/stat.h>

#ifndef ULONG
#define ULONG unsigned int
#endif

#define OK 0u
#define FAILED 0x0A000001u
#define NOT_SUPPORTED 0x0A000003u
#define BAD_HANDLE 0x0A000005u
#define BAD_PARAMETER 0x0A000006u
#define NO_CERTIFICATE 0x0A00001Cu
#define TOO_SMALL 0x0A000020u
#define NO_EVENT 0x0A000022u
#define REMOVED 0x0A000023u
#define PIN_WRONG 0x0A000024u
#define PIN_LOCKED 0x0A000025u
#define NOT_LOGGED_IN 0x0A00002Du
#define MOST_TRIES 6

typedef unsigned char BYTE;
typedef void *HANDLE;

#pragma pack(1)
typedef struct {
    BYTE version[2];
    char manufacturer[64], issuer[64], label[32], serial[32];
    BYTE hardware[2], firmware[2];
    ULONG numbers[8];
    BYTE reserved[64];
} DEVINFO;
typedef struct { BYTE r[64], s[64]; } ECCSIGNATUREBLOB;
typedef struct { char name[32]; ULONG size, read_rights, write_rights; } FILEATTRIBUTE;
#pragma pack()

typedef struct { char at[1024]; int logged_in; } Opened; /* a device, an application or a container: its folder */

static volatile int cancelled;
#ifdef LOCKING /* nobody gets in while it waits for an event */
static pthread_mutex_t only_one = PTHREAD_MUTEX_INITIALIZER;
#define ENTER pthread_mutex_lock(&only_one)
#define LEAVE pthread_mutex_unlock(&only_one)
#else
#define ENTER
#define LEAVE
#endif

static const char *stand(void)
{
    return getenv("STANDIN") ? getenv("STANDIN") : "/nowhere";
}

#ifdef LIAR
/* Each tenth call lies, as `seed` has it: about statuses, lengths, contents. It writes no more than it was given room. */
static const char *lie(void)
{
    static const char *lies[] = {"lying", "endless", "garbage", "zeros", "double", "cut", "random"};
    static char way[16];
    static unsigned int seed;
    BYTE given[4];
    if (!seed && content("seed", given, 4) == 4)
        memcpy(&seed, given, 4);
    if (rand_r(&seed) % 10)
        return "";
    int which = rand_r(&seed) % 12;
    if (which < 7)
        return lies[which];
    snprintf(way, sizeof way, "status=0A%06X", rand_r(&seed) % 0x40);
    return way;
}
#endif

/* Each call leaves its name, so that a test can tell what was called, and what after it. */
static const char *step(const char *function, const char *name)
{
    FILE *trace = place("trace", "a");
    if (trace) {
        fprintf(trace, "%s\n", function);
        fclose(trace);
    }
    const char *way = how(name);
#ifdef LIAR
    way = lie();
#endif
    if (!strcmp(way, "pull")) {
        char keys[1024], pulled[1024];
        snprintf(keys, sizeof keys, "%s/keys", stand());
        snprintf(pulled, sizeof pulled, "%s/pulled", stand());
        rename(keys, pulled);
    }
    return way;
}

static ULONG told(const char *way, ULONG well)
{
    return strncmp(way, "status=", 7) ? well : (ULONG)strtoul(way + 7, NULL, 16);
}

static int held(const Opened *of, const char *name, BYTE *room, int most)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", of->at, name);
    return content(path, room, most);
}

static int is_there(const Opened *of)
{
    char path[1024];
    struct stat found;
    snprintf(path, sizeof path, "%s/%s", stand(), of->at);
    return stat(path, &found) == 0;
}

static HANDLE opened(const char *of, const char *folder, const char *name)
{
    Opened *made = calloc(1, sizeof *made);
    snprintf(made->at, sizeof made->at, "%s%s/%s", of, folder, name);
    if (is_there(made))
        return made;
    free(made);
    return NULL;
}

static int is_name(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A list of the names in a folder, with its size told first. */
static ULONG listed(const char *folder, const char *way, char *list, ULONG *size)
{
    char path[1024], all[65536];
    struct dirent **found;
    size_t length = 0;
    snprintf(path, sizeof path, "%s/%s", stand(), folder);
    int count = scandir(path, &found, is_name, alphasort);
    if (count < 0 && strcmp(folder, "keys") && !is_there(&(Opened){"keys", 0}))
        return REMOVED;
    for (int at = 0; at < count; at++) {
        length += (size_t)snprintf(all + length, sizeof all - length, "%s", found[at]->d_name) + 1;
        free(found[at]);
    }
    if (count >= 0)
        free(found);
    all[length] = 0;
    length += strcmp(way, "endless") ? 1 : -1; /* without any NUL at its end */
    if (!strcmp(way, "lying"))
        *size = (ULONG)0x7fffffff;
    else if (list && *size < length)
        return TOO_SMALL;
    else
        *size = (ULONG)length;
    if (list && !strcmp(way, "lying"))
        memset(list, 'x', 4000);
    else if (list)
        memcpy(list, all, length);
    return told(way, OK);
}

#ifndef OLDER
ULONG SKF_WaitForDevEvent(char *name, ULONG *length, ULONG *event)
{
    char path[1024];
    struct stat before = {0}, now = {0};
    snprintf(path, sizeof path, "%s/keys", stand());
    const char *way = step("SKF_WaitForDevEvent", "wait");
    if (!strncmp(way, "status=", 7))
        return told(way, OK);
    stat(path, &before);
    ENTER;
    for (cancelled = 0; !cancelled; usleep(10000)) {
        stat(path, &now);
        if (now.st_mtim.tv_sec != before.st_mtim.tv_sec || now.st_mtim.tv_nsec != before.st_mtim.tv_nsec) {
            strcpy(name, "a key");
            *length = 6;
            *event = 1;
            LEAVE;
            return OK;
        }
    }
    LEAVE;
    return NO_EVENT;
}

ULONG SKF_CancelWaitForDevEvent(void)
{
    cancelled = 1;
    return OK;
}

ULONG SKF_LockDev(HANDLE device, ULONG wait)
{
    return told(step("SKF_LockDev", "lock"), OK);
}

ULONG SKF_UnlockDev(HANDLE device)
{
    return told(step("SKF_UnlockDev", "unlock"), OK);
}

ULONG SKF_GetPINInfo(HANDLE application, ULONG type, ULONG *most, ULONG *left, ULONG *is_default)
{
    BYTE room[16] = {0};
    const char *way = step("SKF_GetPINInfo", "pininfo");
    *most = MOST_TRIES;
    *left = held(application, "tries", room, 15) ? (ULONG)atoi((char *)room) : MOST_TRIES;
    *is_default = held(application, "default", room, 15) > 0;
    if (!strcmp(way, "lying"))
        *left = (ULONG)-1;
    return told(way, OK);
}

ULONG SKF_GetContainerType(HANDLE container, ULONG *type)
{
    BYTE room[16];
    *type = held(container, "certificate", room, 15) ? 2 : 0;
    return told(step("SKF_GetContainerType", "type"), OK);
}

ULONG SKF_EnumFiles(HANDLE application, char *list, ULONG *size)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/files", ((Opened *)application)->at);
    return listed(path, step("SKF_EnumFiles", "files"), list, size);
}

ULONG SKF_GetFileInfo(HANDLE application, char *name, FILEATTRIBUTE *info)
{
    char path[1024];
    struct stat found;
    const char *way = step("SKF_GetFileInfo", "attributes");
    snprintf(path, sizeof path, "%s/%s/files/%s", stand(), ((Opened *)application)->at, name);
    if (stat(path, &found))
        return FAILED;
    snprintf(info->name, sizeof info->name, "%s", name);
    info->size = strcmp(way, "lying") ? (ULONG)found.st_size : (ULONG)0x7fffffff;
    return told(way, OK);
}

ULONG SKF_ReadFile(HANDLE application, char *name, ULONG at, ULONG most, BYTE *room, ULONG *length)
{
    char path[1024];
    const char *way = step("SKF_ReadFile", "read");
    snprintf(path, sizeof path, "%s/files/%s", ((Opened *)application)->at, name);
    FILE *file = place(path, "rb");
    if (!file || !strncmp(way, "status=", 7)) {
        if (file)
            fclose(file);
        return told(way, FAILED);
    }
    fseek(file, (long)at, SEEK_SET);
    *length = (ULONG)fread(room, 1, most > 3000 ? 3000 : most, file); /* less than asked, as keys do */
    fclose(file);
    if (!strcmp(way, "cut"))
        *length = 0;
    return OK;
}

ULONG SKF_GetDevInfo(HANDLE device, DEVINFO *info)
{
    const char *way = step("SKF_GetDevInfo", "info"), *name = strrchr(((Opened *)device)->at, '/') + 1;
    memset(info, 0, sizeof *info);
    strcpy(info->manufacturer, "Stand-in");
    snprintf(info->label, sizeof info->label, "钥匙 %s", name);
    snprintf(info->serial, sizeof info->serial, "S-%s", name);
    if (!strcmp(way, "endless"))
        memset(info, 'x', sizeof *info);
    return told(way, OK);
}

ULONG SKF_ClearSecureState(HANDLE application)
{
    ((Opened *)application)->logged_in = 0;
    return told(step("SKF_ClearSecureState", "clear"), OK);
}
#endif

ULONG SKF_EnumDev(int present, char *list, ULONG *size)
{
    ENTER;
    ULONG found = listed("keys", step("SKF_EnumDev", list ? "list" : "enum"), list, size);
    LEAVE;
    return found;
}

ULONG SKF_ConnectDev(char *name, HANDLE *device)
{
    const char *way = step("SKF_ConnectDev", "connect");
    *device = opened("", "keys", name);
    return *device ? told(way, OK) : REMOVED;
}

ULONG SKF_DisConnectDev(HANDLE device)
{
    free(device);
    return told(step("SKF_DisConnectDev", "disconnect"), OK);
}

ULONG SKF_EnumApplication(HANDLE device, char *list, ULONG *size)
{
    return listed(((Opened *)device)->at, step("SKF_EnumApplication", "applications"), list, size);
}

ULONG SKF_OpenApplication(HANDLE device, char *name, HANDLE *application)
{
    const char *way = step("SKF_OpenApplication", "application");
    *application = opened(((Opened *)device)->at, "", name);
    return *application ? told(way, OK) : is_there(device) ? 0x0A00002Eu : REMOVED;
}

ULONG SKF_CloseApplication(HANDLE application)
{
    free(application);
    return told(step("SKF_CloseApplication", "close"), OK);
}

ULONG SKF_VerifyPIN(HANDLE application, ULONG type, char *pin, ULONG *tries)
{
    Opened *of = application;
    BYTE right[32] = {0}, given[32], room[16] = {0};
    char path[1024];
    const char *way = step("SKF_VerifyPIN", "verify");
    if (!is_there(of))
        return REMOVED;
    if (strncmp(way, "status=", 7) == 0)
        return told(way, OK);
    int left = held(of, "tries", room, 15) ? atoi((char *)room) : MOST_TRIES;
    held(of, "pin", right, sizeof right);
    EVP_Digest(pin, strlen(pin), given, NULL, EVP_sm3(), NULL);
    if (!strcmp(way, "print"))
        fprintf(stderr, "%s\n", pin), puts(pin), fflush(stdout);
    if (left == 0)
        return PIN_LOCKED;
    of->logged_in = !memcmp(given, right, sizeof right);
    left = of->logged_in ? MOST_TRIES : left - 1;
    snprintf(path, sizeof path, "%s/tries", of->at);
    FILE *file = place(path, "w");
    fprintf(file, "%d", left);
    fclose(file);
    *tries = (ULONG)left;
    return of->logged_in ? OK : left ? PIN_WRONG : PIN_LOCKED;
}

ULONG SKF_EnumContainer(HANDLE application, char *list, ULONG *size)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/containers", ((Opened *)application)->at);
    return listed(path, step("SKF_EnumContainer", "containers"), list, size);
}

typedef struct { Opened place; Opened *application; } Container;

ULONG SKF_OpenContainer(HANDLE application, char *name, HANDLE *container)
{
    const char *way = step("SKF_OpenContainer", "container");
    Container *made = calloc(1, sizeof *made);
    snprintf(made->place.at, sizeof made->place.at, "%s/containers/%s", ((Opened *)application)->at, name);
    made->application = application;
    *container = made;
    return told(way, is_there(&made->place) ? OK : 0x0A000034u);
}

ULONG SKF_CloseContainer(HANDLE container)
{
    free(container);
    return told(step("SKF_CloseContainer", "leave"), OK);
}

ULONG SKF_ExportCertificate(HANDLE container, int to_sign, BYTE *room, ULONG *length)
{
    static BYTE found[65536];
    const char *way = step("SKF_ExportCertificate", room ? "export" : "certificate");
    int size = to_sign ? held(container, "certificate", found, sizeof found) : 0;
    if (!strncmp(way, "status=", 7))
        return told(way, OK);
    if (!strcmp(way, "lying")) {
        *length = (ULONG)0x7fffffff;
        return OK;
    }
    if (!size)
        return is_there(container) ? NO_CERTIFICATE : REMOVED;
    if (room && *length < (ULONG)size)
        return TOO_SMALL;
    *length = (ULONG)size;
    if (room)
        memcpy(room, found, (size_t)size);
    if (room && !strcmp(way, "garbage"))
        memset(room + 4, 0x5a, (size_t)size - 4);
    return OK;
}

static EVP_PKEY *key_of(Container *container)
{
    static BYTE der[8192];
    const BYTE *at = der;
    return d2i_AutoPrivateKey(NULL, &at, held(&container->place, "key", der, sizeof der));
}

/* What the key makes of `data`; its length, or 0. */
static size_t made(EVP_PKEY *key, int is_rsa, const BYTE *data, size_t length, BYTE *room, size_t most)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    size_t size = most;
    int is_well = EVP_PKEY_sign_init(context) == 1;
    if (is_well && is_rsa)
        is_well = EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    is_well = is_well && EVP_PKEY_sign(context, room, &size, data, length) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    return is_well ? size : 0;
}

static ULONG may_sign(Container *container)
{
    return !is_there(&container->place) ? REMOVED : container->application->logged_in ? OK : NOT_LOGGED_IN;
}

ULONG SKF_ECCSignData(HANDLE container, BYTE *digest, ULONG length, ECCSIGNATUREBLOB *signature)
{
    BYTE der[256], twice[32];
    const BYTE *at = der;
    const char *way = step("SKF_ECCSignData", "sign");
    if (may_sign(container) != OK || !strncmp(way, "status=", 7))
        return told(way, may_sign(container));
    if (length != 32)
        return 0x0A000010u;
    if (!strcmp(way, "double") && EVP_Digest(digest, 32, twice, NULL, EVP_sm3(), NULL))
        digest = twice;
    size_t size = made(key_of(container), 0, digest, 32, der, sizeof der);
    ECDSA_SIG *found = size ? d2i_ECDSA_SIG(NULL, &at, (long)size) : NULL;
    if (!found)
        return FAILED;
    memset(signature, 0, sizeof *signature);
    BN_bn2binpad(ECDSA_SIG_get0_r(found), signature->r + 32, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(found), signature->s + 32, 32);
    ECDSA_SIG_free(found);
    if (!strcmp(way, "garbage"))
        memset(signature, 0x5a, sizeof *signature);
    if (!strcmp(way, "zeros"))
        memset(signature, 0, sizeof *signature);
    return OK;
}

#ifndef OLDER
ULONG SKF_RSASignData(HANDLE container, BYTE *data, ULONG length, BYTE *signature, ULONG *size)
{
    const char *way = step("SKF_RSASignData", "sign");
    if (may_sign(container) != OK)
        return may_sign(container);
    *size = (ULONG)made(key_of(container), 1, data, length, signature, *size);
    if (!strcmp(way, "lying"))
        *size = (ULONG)0x7fffffff;
    return *size ? OK : FAILED;
}
#endif
