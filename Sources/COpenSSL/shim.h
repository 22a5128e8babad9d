#pragma once

// What OpenSSLCrypto uses of libcrypto, and the families of calls that Swift cannot make itself:
// macros, and stacks, whose accessors are macros.

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
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

// A context of HMAC with SHA-256 that has no key yet; null where libcrypto has none.
static inline EVP_MAC_CTX *copenssl_hmac_sha256(void) {
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  EVP_MAC_CTX *context = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
  EVP_MAC_free(mac);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA2-256", 0),
      OSSL_PARAM_construct_end()};
  if (context != NULL && EVP_MAC_CTX_set_params(context, parameters) == 1) return context;
  EVP_MAC_CTX_free(context);
  return NULL;
}

// The parameters are an array of structures that point to what they name, which is const here only.
static inline int copenssl_hkdf_sha256(EVP_KDF_CTX *context, const unsigned char *key, size_t keys,
                                       const unsigned char *salt, size_t salts,
                                       const unsigned char *info, size_t infos,
                                       unsigned char *output, size_t count) {
  OSSL_PARAM parameters[5];
  OSSL_PARAM *next = parameters;
  *next++ = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA2-256", 0);
  *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, keys);
  if (salts > 0) *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salts);
  if (infos > 0) *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, infos);
  *next = OSSL_PARAM_construct_end();
  return EVP_KDF_derive(context, output, count, parameters);
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
static inline int copenssl_may_dump(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
#else
static inline int copenssl_forbid_dumps(void) { return -1; }
static inline int copenssl_may_dump(void) { return 1; }
#endif
