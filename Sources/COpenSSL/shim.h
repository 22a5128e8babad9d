#pragma once

// What OpenSSLCrypto uses of libcrypto, and the families of calls that Swift cannot make itself:
// macros, and stacks, whose accessors are macros.

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// The control numbers are macros with different values in different releases.
static inline int copenssl_aead_set_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
  return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, tag);
}

static inline int copenssl_aead_get_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
  return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, count, tag);
}

// A macro over BIO_ctrl; the bytes stay the BIO's.
static inline long copenssl_bio_bytes(BIO *bio, char **bytes) {
  return BIO_get_mem_data(bio, bytes);
}

// One line, in UTF-8, control characters escaped; the flags are macros of macros.
static inline int copenssl_name_line(BIO *bio, const X509_NAME *name) {
  return X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
}

// Whether an error says that a text holds no further PEM block.
static inline int copenssl_is_end_of_pem(unsigned long code) {
  return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

// Whether an error says that a token names another certificate than the one that signed it.
static inline int copenssl_is_other_signer(unsigned long code) {
  return ERR_GET_LIB(code) == ERR_LIB_TS &&
         (ERR_GET_REASON(code) == TS_R_ESS_SIGNING_CERTIFICATE_ERROR ||
          ERR_GET_REASON(code) == TS_R_ESS_ADD_SIGNING_CERT_ERROR ||
          ERR_GET_REASON(code) == TS_R_ESS_ADD_SIGNING_CERT_V2_ERROR);
}

// prctl takes a variable number of arguments, which Swift cannot call.
#if defined(__linux__)
#include <sys/prctl.h>
static inline int copenssl_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
#else
static inline int copenssl_forbid_dumps(void) { return -1; }
#endif
