"""Texts for the pictures of the conversation."""

ANSWER = """\
The number of primes below *n* is found quickly with the **Sieve of Eratosthenes**: cross out the multiples
of every prime, and what is left is prime. See [the article](https://en.wikipedia.org/wiki/Sieve) for more.

## How it works

1. Write down all numbers from 2 to `n`.
2. Take the smallest number *p* that is not crossed out:
   - it is prime,
   - cross out p², p² + p, p² + 2p, …
     - nothing below p² is left to cross out
3. Stop when p² > n.

```python
from math import isqrt

def primes_below(n: int) -> list[int]:
    \"\"\"All primes smaller than n.

    Takes O(n log log n) steps.
    \"\"\"
    sieve = bytearray([1]) * n
    sieve[:2] = b"\\0\\0"  # 0 and 1 are not prime
    for p in range(2, isqrt(n - 1) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, n, p)))  # a long line that does not fit in here
    return [i for i, is_prime in enumerate(sieve) if is_prime]
```

> A quote says: the sieve is older than the wheel.
>
> Nearly.

| n | primes below | share |
|:--|--:|:-:|
| 10 | 4 | 40 % |
| 1,000 | 168 | 17 % |
| 1,000,000 | 78,498 | 8 % |

- [x] Checked for 10
- [ ] Left to you: 10⁹

The count is about \\( n / \\ln n \\), so that

\\[ \\pi(10^6) \\approx \\boxed{72382} \\]

---

### And in Hebrew

זהו משפט בעברית עם מילה באנגלית (sieve) באמצע.

- פריט ראשון
- פריט שני
"""

THINKING = """\
The user wants primes. Let me think about which algorithm fits.

A sieve is the natural choice. I need to be careful with **n < 2**, where the slice assignment would fail.

- trial division: O(n√n)
- sieve: O(n log log n)

So the sieve it is."""

RTL = """\
## כותרת ראשית

זהו משפט בעברית עם **מילה מודגשת**, קוד `f(x) = [1, 2]` באמצע, ומילה באנגלית (sieve) בסוף.

1. פריט ראשון
   - פריט פנימי עם `print()`
   - עוד אחד
2. פריט שני:

   ```python
   # הערה בעברית
   def f(x: int) -> int:
       return x * 2
   ```

- [x] בוצע
- [ ] נותר לעשות

> ציטוט בעברית,
> בשתי שורות.

| שם | ערך | הסבר |
|---|--:|:-:|
| אחד | 1 | המספר הראשון |
| שניים | 2 | `x + 1` |

مرحبا بالعالم: هذه جملة عربية مع كلمة English في وسطها.

And a line in English that says שלום in its middle.
"""

EVERYTHING = """\
# Heading one
## Heading two
### Heading three
#### Heading four

A paragraph with *emphasis*, **strong**, ***both***, ~~deleted~~, `code`, a [link](https://example.org), a bare
https://example.org/address, a hard\\
break and ![a picture](https://example.org/x.png).

- bullet
  - nested
    - deeper
      - and deeper

        with a paragraph of its own
  - back
- loose again

99. ninety-nine
100. a hundred
     1. one
     2. two

- [ ] open task
- [x] done task
  - [ ] nested open task with so many words that it takes more than one line of the column, and one sees where
  - [x] nested done task

> A quote
>
> > in a quote, with
> > - a list
> >
> > ```
> > and code
> > ```
>
> and on.

| left | centre | right | none |
|:-----|:------:|------:|------|
| a | b | c | d |
| longer words | in | here | and `code` |

***

    indented code

The end.
"""
