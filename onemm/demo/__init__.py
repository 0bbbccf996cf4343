"""The demonstration: invented people in every state of every journey, and the pilot of 2017 as history."""
