#pragma once
#include <curl/curl.h>
#include <poll.h>
#include <time.h>

// Swift can't call C functions with variable arguments: here is one function for each type of argument.
// Older libcurls lack some options: those are set where they exist, or in their older form.

typedef size_t (*tt_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode tt_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode tt_curl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode tt_curl_set_headers(CURL *easy, struct curl_slist *lines) {
  return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
}

static inline CURLcode tt_curl_set_body_sink(CURL *easy, tt_curl_sink sink, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, sink);
  return code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode tt_curl_set_header_sink(CURL *easy, tt_curl_sink sink, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, sink);
  return code ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline CURLcode tt_curl_set_error_text(CURL *easy, char *text) {
  return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, text);
}

// libcurl copies the bytes.
static inline CURLcode tt_curl_set_post(CURL *easy, const void *bytes, size_t count) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  return code ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode tt_curl_allow_http_only(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// Servers move: nobody keeps a connection for hours (libcurl 7.80 and later).
static inline CURLcode tt_curl_set_longest_life(CURL *easy, long seconds) {
#if LIBCURL_VERSION_NUM >= 0x075000
  return curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, seconds);
#else
  return CURLE_OK;
#endif
}

static inline long tt_curl_status(CURL *easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

static inline CURLcode tt_curl_result(const CURLMsg *message) { return message->data.result; }

static inline CURLMcode tt_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// Which sockets and how long libcurl wants to be waited for, told as it changes.
static inline CURLMcode tt_curl_multi_watch(
  CURLM *multi, curl_socket_callback sockets, curl_multi_timer_callback timer, void *context
) {
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, sockets);
  return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
}

static inline long long tt_steady_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}
