// Worker processes: what kills one is an error of its call, and the next call finds another.
#include "pipeline/worker_process.h"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "pipeline/run_wire.h"

namespace {

using tearsheet::WorkerLimits;
using tearsheet::WorkerProcess;

// Behaves as the request says.
std::string serve(std::string_view request) {
  if (request == "die") std::raise(SIGKILL);
  if (request == "abort") std::_Exit(7);
  if (request == "spin")
    for (std::atomic<unsigned> i = 0;;) ++i;
  if (request == "big") return std::string(3u << 20, 'x');
  return "read " + std::string(request);
}

TEST_CASE("worker process: answers come back whole, deaths are told, the next call is served") {
  auto workers = WorkerProcess::start(2, serve, WorkerLimits{0, 1});
  REQUIRE(workers);
  for (const auto& worker : *workers) {
    CHECK(worker->call("a").value() == "read a");
    CHECK(worker->call("").value() == "read ");
    CHECK(worker->call("big").value().size() == 3u << 20);
    CHECK(worker->call(std::string(2u << 20, 'y')).value().size() == (2u << 20) + 5);
    const auto killed = worker->call("die");
    REQUIRE_FALSE(killed);
    CHECK(killed.error().code == "E007");
    CHECK(killed.error().what.find("signal 9") != std::string::npos);
    CHECK_FALSE(killed.error().help.empty());
    CHECK(worker->call("b").value() == "read b");
    const auto gone = worker->call("abort");
    REQUIRE_FALSE(gone);
    CHECK(gone.error().what.find("status 7") != std::string::npos);
    CHECK(worker->call("c").value() == "read c");
  }
}

TEST_CASE("worker process: a call that takes too long is ended") {
  auto workers = WorkerProcess::start(1, serve, WorkerLimits{0, 1});
  REQUIRE(workers);
  const auto late = workers->front()->call("spin");
  REQUIRE_FALSE(late);
  CHECK(late.error().what.find("more than 1 s of processor time") != std::string::npos);
  CHECK(workers->front()->call("a").value() == "read a");
}

TEST_CASE("run wire: blobs and answers come out as they went in") {
  tearsheet::Blob blob;
  blob.bytes = std::string("a\0b", 3);
  blob.origin = {"https://x.example/", "p", "c", 7, "id"};
  blob.format = tearsheet::Format::html;
  blob.is_text = true;
  blob.hints.url = "u";
  blob.hints.published = "2024-05-17";
  const tearsheet::Blob back = tearsheet::blob_from_wire(tearsheet::to_wire(blob));
  CHECK(back.bytes == blob.bytes);
  CHECK(back.origin == blob.origin);
  CHECK(back.format == blob.format);
  CHECK(back.is_text);
  CHECK_FALSE(back.keep_text);
  CHECK(back.hints.url == "u");
  CHECK(back.hints.published == "2024-05-17");

  tearsheet::Answer answer{"line\n", tearsheet::Error{"I005", "w", {"f", 2, 3}, "h", "e"}, 4, 5, {{"money", 3}, {"date", 1}}};
  const tearsheet::Answer again = tearsheet::answer_from_wire(tearsheet::to_wire(answer));
  CHECK(again.rendered == answer.rendered);
  CHECK(again.error == answer.error);
  CHECK(again.types == answer.types);
  CHECK(again.mentions == 4);
  const std::string cut = tearsheet::to_wire(answer).substr(0, 10);
  CHECK(tearsheet::answer_from_wire(cut).types.empty());
}

}  // namespace
