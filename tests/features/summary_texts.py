"""Texts of our own for the tests of summaries."""

from __future__ import annotations

NEWS = """By Margaret Hollis
PUBLISHED: 10:15, 5 March 2025 | UPDATED: 12:40, 5 March 2025

LEEDS (Northern Press) -- The city council of Leeds voted on Tuesday to close two of its nine public \
swimming pools, saying that repairs would cost 4.2 million pounds. The pools in Armley and Kirkstall, which \
were built in 1936 and 1958, will shut on 30 June, and 47 people will lose their jobs. Protesters (most of \
them pensioners) filled the town hall and shouted at councillors for an hour before the vote.

"We learnt to swim here, and so did our children," said Doreen Platt, 71, who has used the Armley pool since \
she was a girl. "Where are we supposed to go now?"

However, the leader of the council, Amir Shah, said there was no choice. Energy costs for the two pools have \
risen by 62 percent in three years, and a survey found cracks in the roof of the Kirkstall building. He said \
the council had asked the government for help in January and had been refused.

Scroll down for video

Members of a swimming club, which has 300 members and trains in Kirkstall five evenings a week, are looking \
for another pool. Its chairwoman said the nearest one with free lanes was in Bradford, eleven miles away.

The council expects to save 900,000 pounds a year. Part of that money will be spent on free bus tickets to \
the remaining pools for people over 65 and for schools. A petition against the closures has been signed by \
more than 18,000 people.

It is not the first time that the pools have been in danger. A plan to close them in 2011 was dropped after \
protests. The opposition said it would fight the decision in court.
"""

_TURNS = [
    ("Project Manager", "Okay , um , so this meeting is about the budget and the new website , you know ."),
    ("Designer", "Right . {vocalsound}"),
    ("Project Manager", "The budget for the website is {disfmarker} the budget is twelve thousand euros ."),
    ("Designer", "I think the website needs a search box , and and the photo gallery should be smaller ."),
    ("Marketing", "Our customers said that the search box is the most important thing on the website ."),
    ("Designer", "Uh , the photo gallery takes ten seconds to load on a mobile phone ."),
    ("Marketing", "Mm-hmm ."),
    ("Project Manager", "So we should decide about the photo gallery today ."),
    (
        "Marketing",
        "We could move the photo gallery to the archive and keep the search box on the front page .",
    ),
    ("Designer", "Yeah , that would save a third of the budget ."),
    (
        "Project Manager",
        "We agreed that Anna will write to the hosting company about the mobile phone problem .",
    ),
    ("Marketing", "The hosting company was slow with the archive last time ."),
    ("Designer", "I'll show the search box at the next meeting ."),
    ("Project Manager", "Thank you all , bye ."),
]
MEETING = "\n".join(f"{name}: {said}" for name, said in _TURNS)

DOCUMENT = """# Reading rooms

## Motivation

The library lends laptops, but nobody knows how many are out. Today the desk keeps a list on paper, and the \
list is wrong by the evening. This proposal introduces a register of laptops that every desk can read.

## Specification

Each laptop gets a label with a number. The register stores the number, the borrower and the time.

```python
def lend(laptop: int, borrower: str) -> None:
    register[laptop] = borrower
```

- The register must be readable without a network.
- Desks write to the register when a laptop is lent and when it comes back.

| column | type |
| --- | --- |
| number | integer |

## Rationale

A database on a server was considered. It was rejected, because two of the desks have no network in the \
morning. For example, the desk in the old building is offline until nine. The register is therefore a file \
that is copied between desks.

## Costs

Labels for all 140 laptops cost 35 euros, see [the offer](https://example.org/offer). Copying the register \
takes less than a second.
"""
