/**
 * The words of retail, in English, German and the dialects of vendors: one concept per line, then the phrases that mean it.
 * Names are cut into lower-case words first (`billToName` → bill to name); the longest phrase wins. A name may give two
 * concepts (`+`), such as a billing city.
 */
const LINES = `
id: id, ids, identifier, uuid, uid, guid, gid, kennung, internal id, reference id, system id
number: number, no, nr, num, nummer, increment id
code: code, kuerzel
name: name, display name, full name, title, bezeichnung, label, ref name
firstName: first name, given name, vorname, fname, name first, forename
lastName: last name, family name, surname, nachname, lname, name last
email: email, e mail, mail, email address, e mail address, contact email, mailadresse, primary email
phone: phone, telephone, tel, telefon, phone number, phone no, telephone number, telefonnummer, mobile, mobile phone, mobile phone number
company: company, company name, firma, organisation, organization, organization name, business name
birthday: birthday, birth date, date of birth, geburtsdatum, dob, birth day
language: language, locale, sprache, language code, preferred language, customer locale
marketing: marketing, accepts marketing, marketing consent, newsletter, opt in, buyer accepts marketing, accepts product review abandoned cart emails, email opt in, einwilligung, is email opt in
taxId: tax id, vat id, vat number, vat registration number, tax registration number, ust id, ustid, tax exempt id, tax exempt number, vat reg no
street: street, street address, address 1, address line 1, addressline 1, street 1, strasse, addr 1, address street, line 1, street name
street2: street 2, address 2, address line 2, addressline 2, addr 2, line 2, adresszusatz
postcode: postcode, post code, zip, zip code, zipcode, postal code, plz, postleitzahl, postal
city: city, town, locality, ort, stadt
region: state, province, region, county, administrative district level 1, bundesland, region code, state code, province code, state or province
country: country, country code, land, country iso 2, country iso, country region code, country region
billing: billing, bill, bill to, invoice to, rechnung, rechnungsadresse, billing address + address, rechnungs
shipping: shipping, ship, ship to, delivery, deliver to, versand, lieferadresse, liefer, freight, recipient
address: address, addresses, adresse, anschrift, addr, default address, primary address
customer: customer, client, buyer, kunde, account, contact, shopper, profile, kunden, sell to, bill to customer + customer, sold to, sold to party, consumer, customer details
loyalty: loyalty, bonus program, treue, reward program, kundenkarte
member: member, membership, loyalty account, mitglied, loyalty member
order: order, orders, bestellung, auftrag, sales order, sale, purchase order by customer, bestell, auftrags, parent order
line: line, lines, line item, line items, order item, order items, order lines, order line, position, positions, positionen, sale line items, sale lines, sales order lines, register sale products, artikelliste, basket, refund line items, return lines, fulfillment line items, sales order item, order products, shipment items, catalog line items
product: product, products, item, items, artikel, material, article, merchandise, produkt, ware
variant: variant, variants, variation, variations, product variant, item variant, variante, item variation, modifications
sku: sku, skus, item number, item no, artikelnummer, artikelnr, artikel nr, material number, stock code, product code, part number, line object number, item code, variant sku, stock keeping unit, product sku, article number, artnr
barcode: barcode, ean, gtin, upc, isbn, ean 13, bar code, upc code
quantity: quantity, qty, menge, anzahl, count, units, stueck, stueckzahl, order quantity, quantity ordered, requested quantity
current: current
unit: unit, uom, unit of measure, unit of measure code, base unit of measure, base unit of measure code, mengeneinheit, einheit, order quantity unit, sales unit
case: case, cases, carton, cartons, karton, box, boxes, gebinde, pack
piece: piece, pieces, each, single
price: price, unit price, item price, price each, einzelpreis, preis, list price, sales price, base price, selling price, retail price, rate amount, default price, verkaufspreis, price amount, base price money
compareAt: compare at price, compare at, was price, msrp, regular price, recommended retail price, uvp, streichpreis, original unit price
sale: sale price
cost: cost, unit cost, cost price, supply price, einkaufspreis, purchase price, ek
total: total, grand total, sum, gesamt, summe, total price, total amount, row total, line total, gesamtbetrag, order total, total net amount + net, extended price, gesamtsumme, total money
subtotal: subtotal, sub total, zwischensumme, items subtotal, subtotal price
amount: amount, value, betrag, wert, transaction amount
tax: tax, taxes, vat, mwst, ust, steuer, gst, mehrwertsteuer, sales tax, tax amount, tax money
rate: rate, percent, percentage, prozent, satz, prozentsatz
net: net, netto, ex tax, exc tax, excl tax, excluding tax, without tax, tax exclusive, exclusive of tax, exkl mwst, ohne mwst, excl vat, excl
gross: gross, brutto, inc tax, incl tax, including tax, with tax, tax inclusive, inclusive of tax, inkl mwst, mit mwst, incl vat, incl
taxIncluded: taxes included, prices include tax, tax included, price includes tax, prices including tax, is tax inclusive pricing, preise inkl mwst, includes tax
taxable: taxable, is taxable, steuerpflichtig, tax status
discount: discount, discounts, rabatt, nachlass, reduction, discount amount, coupon discount, total discount + total, total discounts + total, discount value, discount money
currency: currency, currency code, waehrung, currency iso code, value currency, currency symbol, currency name, transaction currency, currencycode, iso currency code
exchange: exchange, kurs, conversion
presentment: presentment
shopMoney: shop money
default: default, standard
status: status, order status, zustand
financial: financial, payment status
fulfillmentStatus: fulfillment status, fulfilment status, shipping status, shipment status
channel: channel, source name, sales channel, kanal, order source, created via, vertriebskanal, source
note: note, notes, comment, comments, notiz, bemerkung, customer note, customer message, kommentar, memo, remark, staff note
reason: reason, grund, return reason, ruecksendegrund
tags: tags, tag, schlagworte, labels, keywords
placed: placed at, order date, ordered at, date ordered, effective date, bestelldatum, order placed at, order placed, placed on, sale date, placed date, tran date, trandate, auftragsdatum, order created at, processed at, sales order date
created: created at, created, date created, created date, creation date, created on, erstellt am, create date, create time, created time, date time created, registered, date add, date added, anlagedatum, angelegt am, system created at
updated: updated at, updated, modified, date modified, last modified, last modified date, last modified date time, modified at, changed at, last change date, geaendert am, update time, updated time, updated date, last updated, last modified at, system modified at
cancelled: cancelled at, canceled at, cancelled, canceled, cancelled date, storniert am, voided at
utc: gmt, utc
business: business day, posting date, trading day, business date, geschaeftstag, buchungstag, buchungsdatum, accounting date, document date
shipped: shipped at, shipped, date shipped, ship date, shipment date, shipped on, versandt am
delivered: delivered at, delivered, date delivered, zugestellt am, delivered date
paid: paid at, paid, date paid, payment date, bezahlt am, captured at, paid date
completed: completed, date completed, completed at, closed at, closed
processed: processed, refunded at
expires: expires at, expires, expiry, expiry date, expiration, expiration date, ablaufdatum, expires on
from: from, starts at, start at, start date, valid from, starts, gueltig ab, begin, starts on, starting date, date from, date on sale from
until: until, ends at, end at, end date, valid to, valid until, ends, gueltig bis, ends on, ending date, date expires, date to
occurred: occurred at, occurred, effective at, transaction date, event time, timestamp, happened at
joined: joined at, enrolled at, joined, enrollment date, member since, enrolled, beitrittsdatum
date: date, datum, day
time: time, at, on, zeit, am
payment: payment, payments, tender, tenders, zahlung, transaction, transactions, zahlungen
method: method, payment method, zahlungsart, tender type, payment type, method title, source type, payment method title, zahlungsmittel
gateway: gateway, processor, payment provider, provider, payment gateway
card: card, credit card, karte
brand: brand, marke, vendor, manufacturer, hersteller, card brand + card, brand name, card company + card
lastFour: last 4, last four, last digits, last four digits, pan suffix
tip: tip, tips, gratuity, trinkgeld, tip money
fee: fee, fees, gebuehr, processing fee, gebuehren, app fee, fee money
receipt: receipt, beleg, bon
reference: reference, referenz, external reference, transaction id, authorization, reference number, external document number, purchase order number
refund: refund, refunded, erstattung, refund amount + amount, credit, refunds
return: return, returns, retoure, ruecksendung, rma, credit memo
restock: restock, restock type, restocked, wiedereinlagern
shipment: shipment, shipments, fulfillment, fulfilment, fulfillments, sendung, lieferung, consignment
carrier: carrier, tracking company, shipping carrier, shipping provider, carrier code, versanddienst, frachtfuehrer, tracking carrier, shipping company, carrier name
service: service, shipping method, shipping service, versandart, shipment method, service level, service code
tracking: tracking number, tracking no, tracking code, sendungsnummer, tracking, trackingnummer, shipment tracking number
trackingUrl: tracking url, tracking link, sendungsverfolgung
url: url, link, href, permalink, web address, src, image url + image, url standard
image: image, images, picture, bild, photo, bilder, pictures
alt: alt, alt text, alternative text
description: description, beschreibung, body html, body, long description, langtext, html description
category: category, product type, kategorie, warengruppe, item category code, product category, item category, type name
type: type, art, typ, kind
store: store, location, branch, outlet, filiale, standort, warehouse, lager, shop, lagerort, site
stock: inventory quantity, stock, stock quantity, inventory level, bestand, inventory, lagerbestand, stock level
available: available, verfuegbar, available quantity, quantity available, available stock
onHand: on hand, quantity on hand, on hand quantity, in stock quantity
reserved: reserved, committed, allocated, reserviert
change: change, delta, adjustment, quantity change, available adjustment, veraenderung, differenz
stockItem: inventory item, stock item
weight: weight, gewicht, gross weight, net weight, grams, total weight + total
points: points, punkte, loyalty points, point
balance: balance, saldo, guthaben, kontostand
lifetime: lifetime, all time, gesamtpunkte
tier: tier, loyalty tier, stufe, level
program: program, programme, programm, loyalty program
active: active, enabled, is active, aktiv
percent: percent off
code2: coupon code, discount code, promo code, gutscheincode, voucher code
coupon: coupon, voucher, gutschein, promotion, promo, aktion
limit: limit, usage limit
used: used, usage, usage count, used count, times used, num uses
minimum: minimum, minimum amount, mindestbestellwert, min
payout: payout, auszahlung, settlement
zone: time zone, timezone, iana timezone, zeitzone, tz
merchant: merchant
parent: parent, original
ip: ip, ip address, browser ip
user: user, employee, staff, salesperson, mitarbeiter, team
token: token, session, checkout, cart, hash, key
`;

export interface Vocabulary {
  /** Words of a phrase joined by blanks, to its concepts. */
  phrases: ReadonlyMap<string, readonly string[]>;
  /** The longest phrase, in words. */
  longest: number;
  /** Every word of a phrase, for cutting run-together names. */
  words: ReadonlySet<string>;
}

export const VOCABULARY: Vocabulary = readVocabulary();

/** Concepts that say little by themselves. */
export const FAINT: ReadonlySet<string> = new Set(['amount', 'time', 'date', 'utc', 'shopMoney', 'current', 'type', 'address']);

/** Wrappers around what matters. */
export const NEUTRAL: ReadonlySet<string> = new Set([
  'data', 'attribute', 'property', 'payload', 'body', 'record', 'result', 'object', 'resource', 'field', 'event', 'content', 'root', 'response', 'detail', 'money', 'set',
  'info', 'information', 'embedded', 'node', 'edge', 'value', 'is', 'the', 'of', 'to', 'has', 'list', 'collection', 'link', 'sales', 'set2', 'admin', 'relationship',
]);

/** Of each group, one excludes the others: what is created is not what was updated. */
export const OPPOSITES: readonly (readonly string[])[] = [
  ['billing', 'shipping'],
  ['net', 'gross', 'tax', 'discount', 'subtotal', 'refund', 'tip', 'fee'],
  ['firstName', 'lastName'],
  ['street', 'street2'],
  ['created', 'updated', 'cancelled', 'shipped', 'delivered', 'paid', 'completed', 'expires', 'business'],
  ['placed', 'updated', 'cancelled', 'shipped', 'delivered', 'paid', 'completed', 'expires', 'business'],
  ['from', 'until'],
  ['available', 'onHand', 'reserved', 'change'],
  ['shopMoney', 'presentment'],
  ['cost', 'price', 'compareAt'],
  ['percent', 'amount'],
];

function readVocabulary(): Vocabulary {
  const phrases = new Map<string, readonly string[]>();
  for (const line of LINES.trim().split('\n')) {
    const [concept = '', list = ''] = line.split(': ');
    for (const entry of list.split(', ')) {
      const [phrase = '', ...also] = entry.split(' + ');
      phrases.set(phrase, [concept, ...also]);
    }
  }
  const words = new Set([...phrases.keys()].flatMap((phrase) => phrase.split(' ')));
  for (const extra of ['item', 'date', 'group', 'set', 'is', 'has', 'sales', 'of']) words.add(extra);
  return { phrases, longest: Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length)), words };
}
