const net = '$round(qty * unit_price - discount, 2)';

/** The reference order mapping as a JSONata expression; `root` is where the order lies. */
export function orderJsonata(root: string): string {
  return `(
  $lines := ${root}.line_items#$i.( $net := ${net}; $tax := $round($net * tax_rate / 100, 2);
    { "lineNo": $i + 1, "articleNo": sku, "gtin": ean, "description": $uppercase(title), "quantity": qty, "unitPrice": unit_price, "net": $net, "tax": $tax, "gross": $round($net + $tax, 2) });
  ${root}.{
    "orderId": id, "externalRef": "WEB-" & order_number,
    "orderDate": $substring(created_at, 8, 2) & "." & $substring(created_at, 5, 2) & "." & $substring(created_at, 0, 4),
    "currency": currency, "channel": $uppercase(source_name), "paid": financial_status = "paid",
    "customerNo": customer.id, "customerName": customer.first_name & " " & customer.last_name, "customerGroup": customer.tier = "gold" ? "A" : "B",
    "email": $lowercase(email), "phone": $replace(customer.phone, /[^0-9+]/, ""),
    "shipTo": { "name": shipping_address.name, "street": shipping_address.street, "postalCode": $replace(shipping_address.zip, " ", ""), "city": shipping_address.city, "countryCode": $uppercase(shipping_address.country) },
    "billCountry": $uppercase(billing_address.country), "shippingMethod": shipping_line.code, "shippingCost": shipping_line.price,
    "lines": $lines, "lineCount": $count($lines), "totalQuantity": $sum($lines.quantity),
    "totalNet": $round($sum($lines.net), 2), "totalTax": $round($sum($lines.tax), 2), "totalGross": $round($sum($lines.gross), 2)
  }
)`;
}

/** The reference product mapping likewise. */
export function productJsonata(root: string): string {
  return `${root}.{ "articleNo": sku, "gtin": ean, "title": $uppercase(name), "brand": brand, "group": $split(category, " > ")[1], "variant": color & "/" & size, "priceGross": $round(price * 1.25, 2), "margin": $round(price - cost, 2), "inStock": stock > 0, "active": active }`;
}
