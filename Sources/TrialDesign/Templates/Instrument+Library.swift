extension Instrument {
  /// Every instrument, the program's own first.
  ///
  /// Nothing is here whose licence does not allow it: see Documentation/Specifications/instruments.md for what
  /// was left out and why.
  package static let all: [Instrument] = ownItems + published

  private static let ownItems = [
    Instrument(
      name: "mood", title: "mood and well-being of the day",
      about: "Not a validated scale: single questions for daily use.", source: "none", licence: own,
      items: """
          - name: mood-today
            prompt: How was your mood?
            type: slider
            ends: [as low as it can be, as good as it can be]
            direction: higher
            recall: today
          - name: wellbeing
            prompt: How well did you feel, all in all?
            type: slider
            ends: [not well at all, very well]
            direction: higher
            recall: today

        """),
    Instrument(
      name: "focus", title: "focus and productivity of the day",
      about: "Not a validated scale: single questions for daily use.", source: "none", licence: own,
      items: """
          - name: focus
            prompt: How well could you keep your mind on what you did?
            type: slider
            ends: [not at all, without any effort]
            direction: higher
            recall: today
          - name: done
            prompt: How much of what you meant to do got done?
            type: likert
            labels: [nothing, a little, about half, most of it, all of it]
            from: 0
            direction: higher
            recall: today

        """),
    Instrument(
      name: "creativity", title: "ideas of the day",
      about: "Not a validated scale: single questions for daily use.", source: "none", licence: own,
      items: """
          - name: ideas
            prompt: How easily did new ideas come?
            type: slider
            ends: [none came, they came by themselves]
            direction: higher
            recall: today
          - name: noted
            prompt: How many ideas did you write down?
            type: number
            range: [0, 100]
            direction: higher
            recall: today

        """),
    Instrument(
      name: "sleep", title: "the last night, as a short diary",
      about:
        "Answer it in the morning, as the slot of the day before. Bedtimes after midnight count on from "
        + "the evening before.",
      source: "none", licence: own,
      items: """
          - name: bedtime
            prompt: When did you turn the light off?
            type: time
            from: 12:00
            recall: last night
          - name: asleep
            prompt: How long did you sleep?
            type: duration
            range: [0:00, 14:00]
            direction: higher
            recall: last night
          - name: awake
            prompt: How often were you awake?
            type: number
            range: [0, 20]
            direction: lower
            recall: last night
          - name: sleep-quality
            prompt: How well did you sleep?
            type: likert
            labels: [very badly, badly, so so, well, very well]
            direction: higher
            recall: last night

        """),
    Instrument(
      name: "side-effects", title: "side effects of the day",
      about: "A serious one is an adverse event: record it as such.", source: "none", licence: own,
      items: """
          - name: symptoms
            prompt: Which of these did you notice?
            type: choices
            options:
              - none of them
              - headache
              - nausea
              - stomach ache
              - dizziness
              - dry mouth
              - racing heart
              - sweating
              - restlessness
              - tiredness
              - poor sleep
              - something else
            recall: today
          - name: bother
            prompt: How much did it bother you?
            type: slider
            ends: [not at all, unbearably]
            direction: lower
            recall: today

        """),
  ]

  private static let frequency = """
        type: likert
        labels: [Not at all, Several days, More than half the days, Nearly every day]
        from: 0
        direction: lower
        recall: "Over the last 2 weeks, how often have you been bothered by the following problems?"

    """

  private static func problem(_ name: String, _ prompt: String) -> String {
    "  - name: \(name)\n    prompt: \(prompt)\n" + frequency
  }

  private static let published = [
    Instrument(
      name: "energy", title: "fatigue now (Samn-Perelli)",
      about: "One item, for the moment at which it is asked.",
      source:
        "Samn and Perelli, Estimating aircrew fatigue, SAM-TR-82-21, USAF School of Aerospace "
        + "Medicine, 1982",
      licence: "a report of the United States government, released to the public: 17 U.S.C. 105",
      items: """
          - name: fatigue
            prompt: How do you feel right now?
            type: likert
            labels:
              - fully alert, wide awake
              - very lively, responsive, but not at peak
              - okay, somewhat fresh
              - a little tired, less than fresh
              - moderately tired, let down
              - extremely tired, very difficult to concentrate
              - completely exhausted, unable to function
            direction: lower
            recall: right now

        """),
    Instrument(
      name: "phq-4", title: "anxiety and low mood in four questions (PHQ-4)",
      about:
        "About the last two weeks: for periods of two weeks and more, not for single days. No diagnosis.",
      source: "Kroenke, Spitzer, Williams and Lowe, Psychosomatics 50 (2009) 613-621",
      licence:
        "free since 2010: no permission required to reproduce, translate, display or distribute",
      items: problem("phq-4-1", "\"Feeling nervous, anxious or on edge\"")
        + problem("phq-4-2", "Not being able to stop or control worrying")
        + problem("phq-4-3", "Little interest or pleasure in doing things")
        + problem("phq-4-4", "\"Feeling down, depressed, or hopeless\"") + """
            - name: phq-4
              prompt: Anxiety and low mood (PHQ-4)
              type: score
              of: [phq-4-1, phq-4-2, phq-4-3, phq-4-4]
              method: sum
              direction: lower
              source: PHQ-4, Kroenke and others 2009; free to use

          """),
    Instrument(
      name: "gad-7", title: "anxiety in seven questions (GAD-7)",
      about:
        "About the last two weeks: for periods of two weeks and more, not for single days. No diagnosis.",
      source:
        "Spitzer, Kroenke, Williams and Lowe, Archives of Internal Medicine 166 (2006) 1092-1097",
      licence:
        "free since 2010: no permission required to reproduce, translate, display or distribute",
      items: problem("gad-7-1", "\"Feeling nervous, anxious or on edge\"")
        + problem("gad-7-2", "Not being able to stop or control worrying")
        + problem("gad-7-3", "Worrying too much about different things")
        + problem("gad-7-4", "Trouble relaxing")
        + problem("gad-7-5", "Being so restless that it is hard to sit still")
        + problem("gad-7-6", "Becoming easily annoyed or irritable")
        + problem("gad-7-7", "Feeling afraid as if something awful might happen") + """
            - name: gad-7
              prompt: Anxiety (GAD-7)
              type: score
              of: [gad-7-1, gad-7-2, gad-7-3, gad-7-4, gad-7-5, gad-7-6, gad-7-7]
              method: sum
              direction: lower
              source: GAD-7, Spitzer and others 2006; free to use

          """),
  ]
}
