/**
 * The product records of the batch measurement (300 bytes each) and the reference mapping (10 fields). Every fifth record is
 * inactive and filtered out, so that 80 % arrive, in full batches of 100 for multiples of 500.
 */
const colors = ['black', 'navy', 'olive', 'sand', 'white', 'burgundy', 'grey'];
const sizes = ['XS', 'S', 'M', 'L', 'XL'];
const cents = (value: number): number => Math.round(value * 100) / 100;

export function makeProduct(index: number) {
  return {
    sku: `SKU-${String(index).padStart(7, '0')}`,
    ean: `7350${100_000_000 + index}`,
    name: `Article ${index} crew neck merino sweater`,
    brand: 'Nordvik',
    category: 'Apparel > Knitwear > Sweaters',
    color: colors[index % colors.length] ?? '',
    size: sizes[index % sizes.length] ?? '',
    price: cents(19.9 + (index % 400) / 4),
    cost: cents(8.1 + (index % 100) / 10),
    stock: (index * 7) % 250,
    weight_g: 250 + (index % 50) * 5,
    active: index % 5 !== 0,
    updated_at: `2026-03-${String(1 + (index % 28)).padStart(2, '0')}T08:15:00Z`,
    supplier: `SUP-${index % 37}`,
  };
}

/** The reference mapping by hand: what the first record of each batch is compared with. */
export function mapProduct(product: ReturnType<typeof makeProduct>) {
  return {
    articleNo: product.sku,
    gtin: product.ean,
    title: product.name.toUpperCase(),
    brand: product.brand,
    group: product.category.split(' > ')[1],
    variant: `${product.color}/${product.size}`,
    priceGross: cents(product.price * 1.25),
    margin: cents(product.price - product.cost),
    inStock: product.stock > 0,
    active: product.active,
  };
}

const PART = 1_000;
const parts = new Map<number, string>();

/** A thousand records as JSON text without the brackets; the same text whatever number the record has within its block of the catalogue. */
function partText(part: number): string {
  const known = parts.get(part);
  if (known !== undefined) return known;
  const text = Array.from({ length: PART }, (_, index) => JSON.stringify(makeProduct(part * PART + index))).join(',');
  // Enough for the largest measurement that reads everything at once (100,000); longer ones are paged and made on the way.
  if (parts.size < 200) parts.set(part, text);
  return text;
}

/** Records `from` to `from + count` as a JSON array; both multiples of a thousand, or fewer than a thousand records. */
export function productsText(from: number, count: number): string {
  if (from % PART !== 0 || count % PART !== 0) return `[${Array.from({ length: count }, (_, index) => JSON.stringify(makeProduct(from + index))).join(',')}]`;
  return `[${Array.from({ length: count / PART }, (_, index) => partText(from / PART + index)).join(',')}]`;
}
