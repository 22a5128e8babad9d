package import BlindRecord
import Foundation
import Synchronization
package import TrialJournal

/// The one hand that holds the journal for the pages.
///
/// Forms that come in while it writes wait, and are written together next: one `fdatasync` for all of
/// them, so that many browsers at once are not served one disk write after the other. Reading goes through
/// it too, since a page must not wait on a thread that all pages share.
package final class Scribe: Sendable {
  private enum Job {
    case write(FormEntry, CheckedContinuation<RecordedForm, any Error>)
    case read(CheckedContinuation<[JournalEntry], any Error>)
  }

  private struct State {
    var waiting: [Job] = []
    var isAtWork = false
  }

  private let journal: Journal
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "selfblind.scribe")

  /// The hand of a journal.
  package init(_ journal: Journal) { self.journal = journal }

  /// Records a form; when this returns, its entry is on the disk.
  ///
  /// - Throws: the rule that it breaks, or why the journal cannot be written.
  package func record(_ form: FormEntry) async throws -> RecordedForm {
    try await withCheckedThrowingContinuation { enqueue(.write(form, $0)) }
  }

  /// Every entry, with those that came before this was asked.
  package func entries() async throws -> [JournalEntry] {
    try await withCheckedThrowingContinuation { enqueue(.read($0)) }
  }

  private func enqueue(_ job: Job) {
    let isIdle = state.withLock { state in
      state.waiting.append(job)
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    if isIdle { queue.async { self.work() } }
  }

  private func work() {
    while let jobs = next() {
      write(jobs)
      read(jobs)
    }
  }

  /// What has come in since; `nil` ends the work.
  private func next() -> [Job]? {
    state.withLock { state in
      state.isAtWork = !state.waiting.isEmpty
      defer { state.waiting = [] }
      return state.isAtWork ? state.waiting : nil
    }
  }

  private func write(_ jobs: [Job]) {
    var forms: [FormEntry] = []
    var answers: [CheckedContinuation<RecordedForm, any Error>] = []
    for case .write(let form, let answer) in jobs {
      forms.append(form)
      answers.append(answer)
    }
    guard !forms.isEmpty else { return }
    do {
      for (result, answer) in zip(try journal.append(forms), answers) {
        answer.resume(with: result)
      }
    } catch {
      for answer in answers { answer.resume(throwing: error) }
    }
  }

  private func read(_ jobs: [Job]) {
    var answers: [CheckedContinuation<[JournalEntry], any Error>] = []
    for case .read(let answer) in jobs { answers.append(answer) }
    guard !answers.isEmpty else { return }
    let entries = Result { try journal.entries() }
    for answer in answers { answer.resume(with: entries) }
  }
}
