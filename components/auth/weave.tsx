/** Lines that cross over and under each other, in the partner's accent: the front door's only picture. Decorative. */
export function Weave({ className }: { className?: string }) {
  const threads = Array.from({ length: 9 }, (_, at) => at);
  return (
    <svg aria-hidden viewBox="0 0 540 540" preserveAspectRatio="xMidYMid slice" className={className} fill="none" stroke="currentColor" strokeLinecap="round">
      {threads.map((row) =>
        threads.map((column) => {
          const x = 30 + column * 60;
          const y = 30 + row * 60;
          const over = (row + column) % 2 === 0;
          const strong = (row * 7 + column * 3) % 11 === 0;
          return (
            <path
              key={`${row}-${column}`}
              d={over ? `M${x - 26} ${y}H${x + 26}` : `M${x} ${y - 26}V${y + 26}`}
              strokeWidth={10}
              opacity={strong ? 0.55 : 0.14}
            />
          );
        }),
      )}
    </svg>
  );
}
