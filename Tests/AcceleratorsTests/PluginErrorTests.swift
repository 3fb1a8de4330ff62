import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// What is said of plugins that are not there, are none, or find no device.
@Suite(.temporaryFolder) struct PluginErrorTests {
  private func opening(_ device: String, memory: Device.MemoryShare = .init()) -> StageError? {
    stageError { _ = try Device.open(device, folder: PluginFolder(path: folder), memory: memory) }
  }

  @Test("a device that is not set up says which command does it and which there are") func notSetUp() throws {
    let error = opening("cuda")
    #expect(error?.code == .missingInput && error?.remedy.contains("make setup-accelerator DEVICE=cuda") == true, "\(error as Any)")
    #expect(error?.why == "none is set up yet")
    try AtomicFile.write(#"{"plugin": "none.so", "wheels": []}"#, to: folder + "/cpu/plugin.json")
    #expect(opening("cuda")?.why == "set up are: cpu")
    #expect(opening("cpu")?.location == folder + "/cpu/none.so")
  }

  @Test("an impossible name is a mistake of the configuration", arguments: ["", "..", "a b", "cpu,cuda"]) func names(name: String) throws {
    #expect(opening(name)?.code == .badConfiguration)
  }

  @Test("a description that cannot be read is bad data") func description() throws {
    try AtomicFile.write("{", to: folder + "/cpu/plugin.json")
    let error = opening("cpu")
    #expect(error?.code == .badData && error?.location == folder + "/cpu/plugin.json", "\(error as Any)")
  }

  @Test("descriptions of plugins") func damagedDescriptions() throws {
    let text = #"{"plugin": "folder/plugin.so", "wheels": [{"name": "a-wheel", "version": "1.0", "sha256": "5583"}]}"#
    try Mutation.expectRefusals(250, of: Array(text.utf8), rounds: 400, seed: 71) { bytes in
      try AtomicFile.write(Data(bytes), to: folder + "/cpu/plugin.json")
      _ = try PluginFolder(path: folder).description("cpu")
    }
  }

  @Test("a missing file, a folder, a text") func wrongFiles() throws {
    #expect(opening(folder + "/none.so")?.code == .missingInput)
    #expect(opening(folder)?.code == .badData)
    try AtomicFile.write("text", to: folder + "/text.so")
    let error = opening(folder + "/text.so")
    #expect(error?.code == .badData && error?.location == folder + "/text.so", "\(error as Any)")
  }

  /// A library that gives a table: members of its head, and what its client answers.
  private func stub(_ name: String, size: String = "sizeof table", major: Int = 0, minor: Int = 999, errorCode: Int = 9) throws -> String {
    let path = "\(folder)/\(name).so"
    let include = Fixtures.repository + "/Sources/C/CPJRT/include"
    try CCompiler.compile(
      """
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include "\(include)/CPJRT.h"
      static struct { PJRT_Api known; void *newer[50]; } table;
      static PJRT_Error *succeed(void *call) { return 0; }
      static char words[200];
      static PJRT_Error *fail(void *call) {
        PJRT_Client_Create_Args *create = call;
        strcpy(words, create->num_options > 0 ? "no such options:" : "no such driver");
        for (size_t index = 0; index < create->num_options; index += 1) {
          const PJRT_NamedValue *option = create->create_options + index;
          int isNumber = option->type == PJRT_NamedValue_kFloat;
          sprintf(words + strlen(words), isNumber ? " %.*s=%.2f" : " %.*s=", (int)option->name_size, option->name, option->float_value);
          if (!isNumber) strcat(words, option->bool_value ? "yes" : "no");
        }
        const char *visible = getenv("CUDA_VISIBLE_DEVICES");
        if (visible) sprintf(words + strlen(words), " on %s", visible);
        return (PJRT_Error *)words;
      }
      static PJRT_Error *code(void *call) { ((PJRT_Error_GetCode_Args *)call)->code = \(errorCode); return 0; }
      static void forget(void *call) {}
      static void message(void *call) {
        PJRT_Error_Message_Args *arguments = call;
        arguments->message = (const char *)arguments->error;
        arguments->message_size = strlen(arguments->message);
      }
      const PJRT_Api *GetPjrtApi(void) {
        PJRT_Api *api = &table.known;
        api->struct_size = \(size);
        api->pjrt_api_version.major_version = \(major);
        api->pjrt_api_version.minor_version = \(minor);
        api->PJRT_Error_Destroy = forget;
        api->PJRT_Error_Message = message;
        api->PJRT_Error_GetCode = code;
        api->PJRT_Plugin_Initialize = succeed;
        api->PJRT_Client_Create = fail;
        return api;
      }
      """, to: path, "-shared", "-fPIC", "-w")
    return path
  }

  @Test("a shared library that is no plugin, or none that is known here", .needsCompiler)
  func foreignLibraries() throws {
    let other = "\(folder)/other.so"
    try CCompiler.compile("int other;", to: other, "-shared", "-fPIC")
    #expect(opening(other)?.why.contains("GetPjrtApi") == true)
    try CCompiler.compile("void *GetPjrtApi(void) { return 0; }", to: "\(folder)/empty.so", "-shared", "-fPIC")
    #expect(opening("\(folder)/empty.so")?.code == .badData)
    for (path, words) in [
      (try stub("major", major: 1, minor: 0), "version 1.0"), (try stub("old", size: "400", minor: 20), "version 0.20"),
      (try stub("head", size: "16"), "16 bytes"),
    ] {
      let error = opening(path)
      #expect(error?.code == .badData && error?.what.contains("interface") == true && error?.why.contains(words) == true, "\(error as Any)")
    }
  }

  @Test("a newer plugin is accepted; without a driver it says so", .needsCompiler)
  func noDriver() throws {
    let error = opening(try stub("newer"))
    #expect(error?.code == .missingInput && error?.why == "no such driver" && error?.remedy.contains("driver") == true, "\(error as Any)")
    #expect(opening(try stub("full", errorCode: 8))?.code == .systemShortage)
  }

  @Test("the share of memory reaches the plugin; one without such options is started without them", .needsCompiler) func options() throws {
    let other = try stub("other", errorCode: 9)
    #expect(opening(other, memory: .growing)?.why == "no such options: memory_fraction=0.95 preallocate=no")
    #expect(opening(other, memory: try .init(text: "0.45"))?.why == "no such options: memory_fraction=0.45 preallocate=yes")
    #expect(
      stageError { _ = try Device.open(other) }?.why == "no such options: memory_fraction=0.95 preallocate=no", "where nothing is said")
    #expect(opening(try stub("strict", errorCode: 3), memory: .growing)?.why == "no such driver")
  }

  @Test("a GPU with room is reserved, and the plugin sees it alone and takes no more of it", .needsCompiler, .timeLimit(.minutes(1)))
  func sharing() throws {
    defer { unsetenv(GPU.variable) }
    let (cuda, other) = (try stub("xla_cuda_plugin"), try stub("other"))
    let ledger = ReservationLedger(folder: folder + "/ledger")
    func gpu(_ name: String, _ size: Int) -> GPU { GPU(index: 7, identifier: name, bytes: size << 30) }
    func opening(_ plugin: String, _ size: GPUNeed.Size, _ gpus: [GPU]?) -> (why: String?, lines: [String]) {
      var lines: [String] = []
      let error = stageError {
        _ = try Device.open(
          plugin, sharing: GPUNeed(name: "run", size: size), interruption: { nil }, report: { lines.append($0) }, ledger: ledger
        ) { try gpus ?? GPU.visible(names: nil, program: nil) }
      }
      return (error?.why, lines)
    }
    let gpus = [gpu("GPU-small", 8), gpu("GPU-large", 16)]
    let quarter = opening(cuda, .bytes(4 << 30), gpus)
    #expect(quarter.why == "no such options: memory_fraction=0.25 preallocate=yes on GPU-large", "4 of 16")
    #expect(quarter.lines == ["GPU 7, 5.4 GB of its 17.2 GB"])
    let whole = opening(cuda, .whole, gpus)
    #expect(whole.why == "no such options: memory_fraction=0.95 preallocate=no on GPU-large")
    #expect(whole.lines == ["GPU 7, all of its 17.2 GB"])
    #expect(opening(cuda, .part(0.45), [gpus[0]]).why == "no such options: memory_fraction=0.45 preallocate=yes on GPU-small")
    #expect(try ledger.holders().isEmpty, "a device that did not start keeps nothing")
    unsetenv(GPU.variable)
    #expect(opening(other, .bytes(1), gpus).why == "no such options: memory_fraction=0.95 preallocate=no", "no GPU of NVIDIA's")
    let unlisted = opening(cuda, .bytes(1), nil)
    #expect(unlisted.why == "no such options: memory_fraction=0.95 preallocate=no")
    #expect(unlisted.lines.count == 1 && unlisted.lines[0].hasPrefix("warning: the GPUs of this machine cannot be listed, so runs"))
  }

  @Test("an impossible share is a mistake of the configuration", arguments: ["", "0", "-0.1", "1.01", "45%", "half", "nan", "inf"])
  func shares(text: String) {
    let error = stageError { _ = try Device.MemoryShare(text: text) }
    #expect(error?.code == .badConfiguration && error?.what.contains("'\(text)'") == true, "\(error as Any)")
  }
}
