/// A figure: two drawings of the same content, a text alternative and a caption.
struct Figure {
  /// A name that is unique in the report.
  let id: String
  /// A few words.
  let title: String
  /// What a person who does not see it should know.
  let description: String
  /// The sentence below it.
  let caption: String
  /// Drawn for a wide column.
  let wide: String
  /// Drawn for a phone.
  let narrow: String

  /// The widths of both drawings.
  static let widths = (wide: 720.0, narrow: 350.0)

  /// Draws both.
  init(
    id: String, title: String, description: String, caption: String,
    draw: (_ width: Double) -> SVGCanvas
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.caption = caption
    wide = draw(Figure.widths.wide)
      .svg(id: "\(id)-wide", title: title, description: description)
    narrow = draw(Figure.widths.narrow)
      .svg(id: "\(id)-narrow", title: title, description: description)
  }
}
