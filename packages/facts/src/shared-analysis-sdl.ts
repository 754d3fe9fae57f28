/** What every fact's part of the analysis shares. */
export const sharedAnalysisSdl = `extend type Query {
  "Protected figures over everything the institutions share (analisi protetta)."
  analysis: Analysis
    @requiresScopes(scopes: [["analysis:read"]])
    @owner(partner: "hub")
}

"A whole year, quarter or month (periodo); never a range of days."
input AnalysisPeriod {
  "The year (anno)."
  year: Int!
  "Quarter 1 to 4; not together with a month (trimestre)."
  quarter: Int
  "Month 1 to 12 (mese)."
  month: Int
}

"The percentiles that may be asked for (percentili)."
enum AnalysisPercentile {
  "One in ten is below (decimo percentile)."
  P10
  "One in four is below (primo quartile)."
  P25
  "Half are below (mediana)."
  P50
  "Three in four are below (terzo quartile)."
  P75
  "Nine in ten are below (novantesimo percentile)."
  P90
}

"How fresh a fact is and where it came from (stato dei dati)."
type FactFreshness @requiresScopes(scopes: [["analysis:read"]]) @owner(partner: "hub") {
  "Name of the fact (fatto)."
  fact: String!
  "When it was last loaded; null before the first load (ultimo caricamento)."
  loadedAt: DateTime
  "Hours since then (ore trascorse)."
  ageHours: Float
  "When the latest attempt failed; null when it did not: figures are of the last good load (ultimo errore)."
  lastFailureAt: DateTime
  "What each institution said of its own data at the load (fonti)."
  sources: [FactSource!]! @listSize(assumedSize: 6)
  "Of the links between institutions' records, the share that join one person's, 0 to 1; null when not stated (precisione del collegamento)."
  linkagePrecision: Float
  "Of the links there should be, the share that were made, 0 to 1; null when not stated (copertura del collegamento)."
  linkageRecall: Float
  "SHA-256 of the operation the rows came from (impronta dell'interrogazione)."
  documentHash: String!
  "SHA-256 of the rows: the same data have the same; null before the first load (impronta dei dati)."
  dataHash: String
}

"One institution's data at a load (fonte)."
type FactSource @requiresScopes(scopes: [["analysis:read"]]) @owner(partner: "hub") {
  "Name of the institution's subgraph (sottografo)."
  subgraph: String!
  "Moment its data were as of; null when not stated (dati al)."
  asOf: DateTime
  "Share of the data expected that had come, 0 to 1; null when not stated (completezza)."
  completeness: Float
}

"How figures are protected (nota metodologica sulla riservatezza)."
type DisclosureNote @requiresScopes(scopes: [["analysis:read"]]) @owner(partner: "hub") {
  "Figures about fewer than so many are withheld (soglia)."
  threshold: Int!
  "The same where a special category is involved (soglia per i dati particolari)."
  sensitiveThreshold: Int!
  "Dimensions at the most in one figure: grouping, filters and period together (dimensioni massime)."
  maximumDimensions: Int!
  "Whether this table involves a special category (dati particolari)."
  isSensitive: Boolean!
  "The method in a sentence (metodo)."
  method: String!
}
`;
